package dev.drawbridge.grant;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A login as the target has it.
 *
 * @param roles the group roles it is a member of
 * @param rights what it may do beyond that: attributes of the login, and rights or things of its own; empty as it should be
 * @param validUntil when it ends by itself; none: never
 * @param usable whether one can log in with it
 * @param ours whether the account that the connector uses has made it, and so can take it away
 */
public record Login(
        String principal,
        List<String> roles,
        List<String> rights,
        @Nullable Instant validUntil,
        boolean usable,
        boolean ours) {
    public Login {
        roles = List.copyOf(roles);
        rights = List.copyOf(rights);
    }
}
