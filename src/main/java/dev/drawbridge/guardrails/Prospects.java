package dev.drawbridge.guardrails;

import dev.drawbridge.catalog.Entitlement;
import dev.drawbridge.catalog.Offer;
import dev.drawbridge.platform.SignIn;
import dev.drawbridge.publication.PublicationInForce;
import dev.drawbridge.request.AccessRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What a person can hope for, entitlement by entitlement, before they have asked for anything. */
@Component
class Prospects {
    private static final String SOME = "some";

    private final Offer offer;
    private final Guardrails guardrails;
    private final GatherFacts facts;
    private final Rulebook rulebook;
    private final PublicationInForce inForce;
    private final Clock clock;

    Prospects(
            Offer offer,
            Guardrails guardrails,
            GatherFacts facts,
            Rulebook rulebook,
            PublicationInForce inForce,
            Clock clock) {
        this.inForce = inForce;
        this.offer = offer;
        this.guardrails = guardrails;
        this.facts = facts;
        this.rulebook = rulebook;
        this.clock = clock;
    }

    /**
     * What can be hoped for of one entitlement.
     *
     * @param limit the longest that this person would be given it now
     * @param never why this person is always refused it; none where it can be had
     */
    record Prospect(
            String entitlement, Duration limit, @Nullable String never) {}

    List<Prospect> of(SignIn signIn) {
        return inForce.forRequester(signIn.person(), signIn.groups(), () -> byOne(signIn));
    }

    private List<Prospect> byOne(SignIn signIn) {
        Set<String> groups = signIn.groups();
        return offer.to(groups).stream()
                .map(wanted -> new Prospect(
                        wanted.id(),
                        limit(wanted, signIn),
                        never(wanted, signIn, groups).orElse(null)))
                .toList();
    }

    private Duration limit(Entitlement wanted, SignIn signIn) {
        AccessRequest longest = new AccessRequest(
                UUID.randomUUID(),
                SOME,
                signIn.person(),
                wanted.id(),
                wanted.limit(),
                SOME,
                SOME,
                null,
                clock.instant(),
                null);
        return Combining.limit(guardrails.judge(longest, signIn).findings())
                .filter(limit -> limit.compareTo(wanted.limit()) < 0)
                .orElse(wanted.limit());
    }

    /** What rules say that speak of nothing but who asks and for what: no other time, ticket or sign-in changes that. */
    private Optional<String> never(Entitlement wanted, SignIn signIn, Set<String> groups) {
        List<Finding> always =
                rulebook.always(List.of(GatherFacts.wanted(wanted), facts.requester(signIn.person(), groups)));
        return Combining.verdict(always, Duration.ZERO, rulebook.fingerprint(), required -> List.of())
                                instanceof Verdict.Denied denied
                        && always.stream().anyMatch(finding -> finding.effect() == Finding.Effect.DENY)
                ? Optional.of(Verdicts.sentenceOf(denied))
                : Optional.empty();
    }
}
