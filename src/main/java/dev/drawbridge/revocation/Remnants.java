package dev.drawbridge.revocation;

import dev.drawbridge.grant.Ended;
import dev.drawbridge.grant.Grant;
import dev.drawbridge.grant.Grants;
import dev.drawbridge.revocation.Discrepancy.Kind;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Puts on record what an ending has left behind on its target, and whom else it has cut. */
@Component
class Remnants {
    private final Discrepancies discrepancies;
    private final Grants grants;
    private final Clock clock;

    Remnants(Discrepancies discrepancies, Grants grants, Clock clock) {
        this.discrepancies = discrepancies;
        this.grants = grants;
        this.clock = clock;
    }

    /** What is left, if anything is. */
    Optional<Discrepancy> record(String system, String principal, @Nullable UUID request, Ended ended) {
        for (Ended.Cut cut : ended.cut()) {
            UUID others =
                    grants.ofPrincipal(cut.principal()).map(Grant::requestId).orElse(null);
            discrepancies.settled(
                    discrepancies.found(found(system, cut.principal(), others, Kind.HELD_ON, cut.sentence(), null)),
                    "It holds on to it no more.");
        }
        if (ended.remnants().isEmpty()) {
            return Optional.empty();
        }
        String sentences = ended.remnants().stream()
                .map(Ended.Remnant::sentence)
                .distinct()
                .collect(Collectors.joining(" "));
        String cures = ended.remnants().stream()
                .map(Ended.Remnant::cure)
                .filter(cure -> cure != null)
                .distinct()
                .collect(Collectors.joining("\n"));
        return Optional.of(discrepancies.found(found(system, principal, request, Kind.REMNANT, sentences, cures)));
    }

    private Discrepancy found(
            String system,
            String principal,
            @Nullable UUID request,
            Kind kind,
            String sentence,
            @Nullable String cure) {
        return new Discrepancy(UUID.randomUUID(), system, principal, request, kind, sentence, cure, clock.instant());
    }
}
