package dev.drawbridge.revocation;

import dev.drawbridge.grant.Connector;
import dev.drawbridge.grant.Connector.Same;
import dev.drawbridge.grant.OpenGrants;
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
    private final OpenGrants grants;
    private final Connector connector;
    private final Discrepancies discrepancies;
    private final Clock clock;

    OutOfReach(OpenGrants grants, Connector connector, Discrepancies discrepancies, Clock clock) {
        this.grants = grants;
        this.connector = connector;
        this.discrepancies = discrepancies;
        this.clock = clock;
    }

    /** Of what is on a target that does not answer now, nothing is said. */
    void look() {
        Set<UUID> still = new HashSet<>();
        for (Place place : grants.places()) {
            try {
                Same reached = connector.isReached(place);
                if (reached != Same.SAME) {
                    still.add(discrepancies.found(found(place, reached)).id());
                }
            } catch (TargetUnreachable silent) {
                discrepancies
                        .open(place.system(), principal(place), Kind.OUT_OF_REACH)
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

    /** Without how many there are: it is raised once, and that changes. */
    private Discrepancy found(Place place, Same reached) {
        boolean isUntold = reached == Same.UNTOLD;
        return new Discrepancy(
                UUID.randomUUID(),
                place.system(),
                principal(place),
                null,
                Kind.OUT_OF_REACH,
                isUntold ? untold(place) : nowhere(place),
                isUntold
                        ? "grant execute on function pg_catalog.pg_control_system() to <the account of this target>"
                        : "drawbridge.targets.<name>.formerly=" + place.system(),
                clock.instant());
    }

    private static String nowhere(Place place) {
        return "Access is open on "
                + (place.server() == null
                        ? "'" + place.system() + "', which is not configured as a target."
                        : "a server that '" + place.system() + "' does not lead to; it calls itself " + place.server()
                                + ".")
                + " Nobody can end it from here. Bring that server in, under whichever name, until it has ended.";
    }

    private static String untold(Place place) {
        return "Access is open on a server that calls itself " + place.server() + ". '" + place.system()
                + "' does not say any more which server it is, so that nothing there can be ended from here. Let its account ask.";
    }
}
