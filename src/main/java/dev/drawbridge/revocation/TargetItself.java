package dev.drawbridge.revocation;

import dev.drawbridge.catalog.Offer;
import dev.drawbridge.grant.Connector;
import dev.drawbridge.grant.TargetReadiness;
import dev.drawbridge.revocation.Discrepancy.Kind;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What differs on a target beside its logins: its clock, and what the roles give away that are handed out there. */
@Component
class TargetItself {
    /** What is set by the target's clock is right all the same; but people and logs read the hours differently. */
    private static final Duration MOST_SKEW = Duration.ofSeconds(5);

    private final Connector connector;
    private final TargetReadiness readiness;
    private final Offer offer;
    private final Discrepancies discrepancies;
    private final MeterRegistry registry;
    private final Clock clock;
    private final Map<String, Long> skews = new ConcurrentHashMap<>();

    TargetItself(
            Connector connector,
            TargetReadiness readiness,
            Offer offer,
            Discrepancies discrepancies,
            MeterRegistry registry,
            Clock clock) {
        this.connector = connector;
        this.readiness = readiness;
        this.offer = offer;
        this.discrepancies = discrepancies;
        this.registry = registry;
        this.clock = clock;
        connector.systems().forEach(this::report);
    }

    /** What still differs goes into the round. */
    void compare(String system, Round round) {
        Duration skew = connector.skew(system);
        skews.put(system, skew.toSeconds());
        if (skew.abs().compareTo(MOST_SKEW) > 0) {
            round.saw(Optional.of(found(
                    system,
                    "",
                    Kind.CLOCK,
                    "Its clock is " + skew.abs().toSeconds() + " seconds " + (skew.isNegative() ? "behind" : "ahead of")
                            + " ours. Logins end by the target's clock, and are set by it; set it right, with NTP.",
                    null)));
        }
        List<String> roles = offer.handedOutOn(system).stream()
                .map(entitlement -> entitlement.target().role())
                .distinct()
                .toList();
        for (TargetReadiness.DefaultPrivileges given : readiness.defaultPrivileges(system, roles)) {
            round.saw(
                    Optional.of(found(system, given.role(), Kind.DEFAULT_PRIVILEGES, given.sentence(), given.cure())));
        }
    }

    private Discrepancy found(String system, String principal, Kind kind, String sentence, @Nullable String cure) {
        return discrepancies.found(
                new Discrepancy(UUID.randomUUID(), system, principal, null, kind, sentence, cure, clock.instant()));
    }

    private void report(String system) {
        Gauge.builder("drawbridge.target.clock.skew.seconds", skews, seen -> seen.getOrDefault(system, 0L))
                .description("How far the clock of a target is ahead of ours, when it was last compared")
                .tag("target", system)
                .register(registry);
    }
}
