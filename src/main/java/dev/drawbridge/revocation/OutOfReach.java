package dev.drawbridge.revocation;

import dev.drawbridge.grant.Connector;
import dev.drawbridge.grant.Grants;
import dev.drawbridge.grant.Place;
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

    /** Throws {@link dev.drawbridge.grant.ConnectorException} where a target does not answer: then nothing can be said. */
    void look() {
        Set<UUID> still = new HashSet<>();
        for (Grants.Open open : grants.places()) {
            if (!isReached(open.place())) {
                still.add(discrepancies.found(found(open)).id());
            }
        }
        discrepancies.open().stream()
                .filter(open -> open.kind() == Kind.OUT_OF_REACH && !still.contains(open.id()))
                .forEach(open -> discrepancies.settled(open, "A target leads there again, or nothing is open there."));
    }

    private boolean isReached(Place place) {
        return place.server() == null
                ? connector.systems().contains(place.system())
                : connector.systems().stream().anyMatch(system -> connector.isOn(system, place));
    }

    private Discrepancy found(Grants.Open open) {
        String server = open.place().server();
        String system = open.place().system();
        return new Discrepancy(
                UUID.randomUUID(),
                system,
                server == null ? "" : server,
                null,
                Kind.OUT_OF_REACH,
                (open.many() == 1 ? "One access is open" : open.many() + " accesses are open")
                        + (server == null
                                ? " on '" + system + "', which is not configured as a target."
                                : " on a server that no target leads to; it calls itself " + server + ".")
                        + " Nobody can end "
                        + (open.many() == 1 ? "it" : "them")
                        + " from here: bring the server in as a target, under any name, until "
                        + (open.many() == 1 ? "it has" : "they have") + " ended"
                        + (server == null
                                ? "."
                                : "; or, where another has taken its place, name it in that target's 'replaces'."),
                server == null ? null : "drawbridge.targets.<name>.replaces=" + server,
                clock.instant());
    }
}
