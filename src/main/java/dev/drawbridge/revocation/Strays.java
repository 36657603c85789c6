package dev.drawbridge.revocation;

import dev.drawbridge.grant.Access;
import dev.drawbridge.grant.Connector;
import dev.drawbridge.grant.ConnectorException;
import dev.drawbridge.grant.Grant;
import dev.drawbridge.grant.Grants;
import dev.drawbridge.grant.Login;
import dev.drawbridge.grant.Place;
import dev.drawbridge.revocation.Discrepancy.Kind;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Removes logins that no open grant stands behind, among them what endings have left; what cannot be removed stays raised. */
@Component
class Strays {
    private static final Logger log = LoggerFactory.getLogger(Strays.class);
    private static final UUID NO_REQUEST = new UUID(0, 0);

    private final Connector connector;
    private final Grants grants;
    private final Discrepancies discrepancies;
    private final Remnants remnants;
    private final Clock clock;

    Strays(Connector connector, Grants grants, Discrepancies discrepancies, Remnants remnants, Clock clock) {
        this.connector = connector;
        this.grants = grants;
        this.discrepancies = discrepancies;
        this.remnants = remnants;
        this.clock = clock;
    }

    /** One that no grant was ever made for. */
    Optional<Discrepancy> unknown(String system, Login login) {
        Discrepancy found = found(system, login, null, "Nobody was granted the login " + login.principal() + ".");
        if (!login.ours()) {
            return Optional.of(found);
        }
        Place here = new Place(system, "", null);
        return removed(new Access(NO_REQUEST, login.principal(), here, clock.instant()), null, found);
    }

    /** One whose grant has ended, or was made on another server than this copy of its login; under the request's lock. */
    Optional<Discrepancy> ended(String system, Grant grant, Login login) {
        boolean isCopy = !connector.isOn(system, grant.place());
        Access here = grant.access().on(system);
        if (grants.isOpen(grant.requestId()) && !isCopy || connector.find(here).isEmpty()) {
            return Optional.empty();
        }
        // Shut, it is what an ending has left, and raised as that already.
        Discrepancy found = login.usable()
                ? found(
                        system,
                        login,
                        grant.requestId(),
                        "The login " + login.principal() + " is there although its grant "
                                + (isCopy ? "was made on another server." : "has ended."))
                : null;
        return removed(here, grant.requestId(), found);
    }

    private Optional<Discrepancy> removed(Access access, @Nullable UUID request, @Nullable Discrepancy found) {
        String system = access.place().system();
        try {
            Optional<Discrepancy> left = remnants.record(system, access.principal(), request, connector.revoke(access));
            if (found != null) {
                discrepancies.settled(found, left.isEmpty() ? "It was removed." : "It was shut.");
            }
            if (left.isEmpty()) {
                discrepancies.settled(system, access.principal(), Kind.REMNANT, "It was cleared away.");
            }
            return left;
        } catch (ConnectorException cannot) {
            log.warn("The login {} could not be removed: {}", access.principal(), cannot.getMessage());
            return found == null ? discrepancies.open(system, access.principal(), Kind.REMNANT) : Optional.of(found);
        }
    }

    private Discrepancy found(String system, Login login, @Nullable UUID request, String sentence) {
        return discrepancies.found(new Discrepancy(
                UUID.randomUUID(),
                system,
                login.principal(),
                request,
                Kind.STRAY_LOGIN,
                sentence,
                null,
                clock.instant()));
    }
}
