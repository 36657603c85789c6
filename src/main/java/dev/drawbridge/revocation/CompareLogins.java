package dev.drawbridge.revocation;

import dev.drawbridge.grant.Connector;
import dev.drawbridge.grant.ConnectorException;
import dev.drawbridge.grant.Grant;
import dev.drawbridge.grant.Grants;
import dev.drawbridge.grant.Login;
import dev.drawbridge.grant.TargetUnreachable;
import dev.drawbridge.request.AccessRequests;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/** Compares the logins that a target has with the grants of it, a slice at a time, each login by itself. */
@Component
class CompareLogins {
    private static final Logger log = LoggerFactory.getLogger(CompareLogins.class);

    static final UUID FIRST = new UUID(0, 0);
    static final UUID LAST = new UUID(-1, -1);

    private static final int SLICE = 1_000;

    private final Connector connector;
    private final Grants grants;
    private final AccessRequests requests;
    private final SetRight setRight;
    private final Strays strays;
    private final TransactionTemplate transaction;

    CompareLogins(
            Connector connector,
            Grants grants,
            AccessRequests requests,
            SetRight setRight,
            Strays strays,
            PlatformTransactionManager transactions) {
        this.connector = connector;
        this.grants = grants;
        this.requests = requests;
        this.setRight = setRight;
        this.strays = strays;
        this.transaction = new TransactionTemplate(transactions);
    }

    /** Those behind one request, as many as fit into memory well; the last request that was looked at. */
    UUID compare(String system, UUID after, Round round) {
        // The grants first: one that is confirmed from here on is no business of this round.
        @Nullable String server = connector.server(system).orElse(null);
        List<Grant> confirmed = grants.confirmedOn(system, server, connector.systems(), after, SLICE);
        UUID last = confirmed.size() < SLICE ? LAST : confirmed.get(SLICE - 1).requestId();
        Map<String, Login> logins = new HashMap<>();
        connector
                .inventory(system, Connector.Stretch.between(after, last))
                .forEach(login -> logins.put(login.principal(), login));
        for (Grant grant : confirmed) {
            if (server != null && grant.place().server() == null && logins.containsKey(grant.principal())) {
                // Earlier versions did not put it on record.
                grants.placed(grant.requestId(), server);
            }
            if (!setRight.isSound(grant, logins.remove(grant.principal()))) {
                inTurn(round, grant, () -> setRight.setRight(grant.requestId()));
            }
        }
        for (Login login : logins.values()) {
            Optional<Grant> known = grants.ofPrincipal(login.principal());
            if (known.isPresent()) {
                inTurn(round, known.get(), () -> strays.ended(system, known.get(), login));
            } else {
                each(round, login.principal(), () -> round.saw(strays.unknown(system, login)));
            }
        }
        return last;
    }

    /** Nothing else happens to this request meanwhile; where something does already, nothing is said of its login. */
    private void inTurn(Round round, Grant grant, Supplier<Optional<Discrepancy>> work) {
        UUID request = grant.requestId();
        each(
                round,
                grant.principal(),
                () -> transaction.executeWithoutResult(status -> {
                    if (requests.tryLock(request)) {
                        round.saw(work.get());
                    } else {
                        round.couldNotLookInto(grant.principal());
                    }
                }));
    }

    /** One login that cannot be dealt with keeps none of the others waiting; a target that is gone is gone for all. */
    private static void each(Round round, String principal, Runnable work) {
        try {
            work.run();
        } catch (TargetUnreachable gone) {
            throw gone;
        } catch (ConnectorException | DataAccessException | TransactionException failed) {
            log.warn("The login {} cannot be looked into now: {}", principal, failed.getMessage());
            round.couldNotLookInto(principal);
        }
    }
}
