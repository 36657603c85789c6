package dev.drawbridge.platform;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * What an identity provider says of a person, verified.
 *
 * @param issuer who says it
 * @param subject the person, by what this provider never gives to anybody else
 * @param id the account that the person would have here, not yet looked at: a name there may be somebody else's here
 * @param groups all of the person's; nothing: it says nothing of groups
 * @param manager the account of who leads the person, not yet looked at; nothing: it says nothing of that
 * @param at when it was said, UTC
 */
public record PersonTold(
        String issuer,
        String subject,
        String id,
        Optional<Set<String>> groups,
        Optional<String> manager,
        Optional<String> name,
        Optional<String> mail,
        Optional<String> zone,
        Instant at) {}
