package dev.drawbridge.revocation;

import dev.drawbridge.grant.Connector;
import dev.drawbridge.grant.Grants;
import dev.drawbridge.grant.Place;
import dev.drawbridge.grant.TargetUnreachable;
import dev.drawbridge.revocation.Discrepancy.Kind;
import java.time.Clock;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Finds access on servers that no target leads to, before its end comes and cannot be brought about. */
@Component
class OutOfReach {
    private final Grants grants;
    private final Connector connector;
    private final Discrepancies discrepancies;
    private final Clock clock;

    OutOfReach(Grants grants, Connector connector, Discrepancies discrepancies, Clock clock) {
        this.grants = grants;
        this.connector = connector;
        this.discrepancies = discrepancies;
        this.clock = clock;
    }

    /** Of what is on a target that does not answer now, nothing is said. */
    void look() {
        Set<UUID> still = new HashSet<>();
        for (Grants.Open open : grants.places()) {
            try {
                if (!connector.isReached(open.place())) {
                    still.add(discrepancies.found(found(open)).id());
                }
            } catch (TargetUnreachable silent) {
                discrepancies
                        .open(open.place().system(), principal(open.place()), Kind.OUT_OF_REACH)
                        .ifPresent(raised -> still.add(raised.id()));
            }
        }
        discrepancies.open().stream()
                .filter(open -> open.kind() == Kind.OUT_OF_REACH && !still.contains(open.id()))
                .forEach(open -> discrepancies.settled(open, "A target leads there again, or nothing is open there."));
    }

    /** What tells servers of one name apart. */
    private static String principal(Place place) {
        return place.server() == null ? "" : place.server();
    }

    private Discrepancy found(Grants.Open open) {
        String server = open.place().server();
        String system = open.place().system();
        boolean isOne = open.many() == 1;
        return new Discrepancy(
                UUID.randomUUID(),
                system,
                principal(open.place()),
                null,
                Kind.OUT_OF_REACH,
                (isOne ? "One access is open" : open.many() + " accesses are open")
                        + (server == null
                                ? " on '" + system + "', which is not configured as a target."
                                : " on a server that '" + system + "' does not lead to; it calls itself " + server
                                        + ".")
                        + " Nobody can end " + (isOne ? "it" : "them")
                        + " from here. Bring that server in, under whichever"
                        + " name, until " + (isOne ? "it has" : "they have") + " ended.",
                "drawbridge.targets.<name>.formerly=" + system,
                clock.instant());
    }
}
