package dev.drawbridge.revocation;

import dev.drawbridge.catalog.Entitlement;
import dev.drawbridge.grant.Access;
import dev.drawbridge.grant.Connector;
import dev.drawbridge.grant.ConnectorException;
import dev.drawbridge.grant.Grant;
import dev.drawbridge.grant.Grants;
import dev.drawbridge.grant.Login;
import dev.drawbridge.platform.Cluster;
import dev.drawbridge.request.AccessRequests;
import dev.drawbridge.revocation.Discrepancy.Kind;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The third net: holds what the targets have against what the grants say, in both directions, and sets it right. What
 * cannot be set right ends; what is not ours to end is raised to the operators.
 */
@Component
class Reconciliation {
    private static final Logger log = LoggerFactory.getLogger(Reconciliation.class);

    private final Cluster cluster;
    private final Connector connector;
    private final Grants grants;
    private final AccessRequests requests;
    private final EndAccess end;
    private final Discrepancies discrepancies;
    private final TransactionTemplate transaction;
    private final Clock clock;

    Reconciliation(
            Cluster cluster,
            Connector connector,
            Grants grants,
            AccessRequests requests,
            EndAccess end,
            Discrepancies discrepancies,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.cluster = cluster;
        this.connector = connector;
        this.grants = grants;
        this.requests = requests;
        this.end = end;
        this.discrepancies = discrepancies;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    @Scheduled(
            fixedDelayString = "${drawbridge.reconciliation.every:PT1M}",
            initialDelayString = "${drawbridge.reconciliation.every:PT1M}")
    void reconcile() {
        cluster.onceAtATime("reconcile", () -> connector.systems().forEach(this::reconcile));
    }

    private void reconcile(String system) {
        try {
            // The grants first: one that is confirmed from here on is no business of this round.
            List<Grant> confirmed = grants.confirmedOn(system);
            Map<String, Login> logins = new HashMap<>();
            connector.inventory(system).forEach(login -> logins.put(login.principal(), login));
            Set<UUID> seen = new HashSet<>();
            for (Grant grant : confirmed) {
                Login login = logins.remove(grant.principal());
                if (!isSound(grant, login)) {
                    inTurn(grant.requestId(), () -> setRight(grant)).ifPresent(found -> seen.add(found.id()));
                }
            }
            for (Login login : logins.values()) {
                stray(system, login).ifPresent(found -> seen.add(found.id()));
            }
            discrepancies.open().stream()
                    .filter(open -> open.target().equals(system) && !seen.contains(open.id()))
                    .forEach(gone -> discrepancies.settled(gone, "It was seen no more."));
        } catch (ConnectorException unreachable) {
            log.warn("'{}' cannot be compared with the grants now: {}", system, unreachable.getMessage());
        }
    }

    /** Nothing else happens to this request meanwhile; and what looked wrong from afar is looked at once more. */
    private Optional<Discrepancy> inTurn(UUID request, java.util.function.Supplier<@Nullable Discrepancy> work) {
        return Optional.ofNullable(transaction.execute(status -> requests.tryLock(request) ? work.get() : null));
    }

    private static boolean isSound(Grant grant, @Nullable Login login) {
        return login != null
                && isUsable(grant, login)
                && widening(grant, login).isEmpty()
                && !isPushedOut(grant, login);
    }

    private static boolean isUsable(Grant grant, Login login) {
        return login.usable() && login.roles().contains(grant.target().role());
    }

    private static boolean isPushedOut(Grant grant, Login login) {
        return login.validUntil() == null
                || login.validUntil().truncatedTo(ChronoUnit.MILLIS).isAfter(grant.expiresAt());
    }

    private static String widening(Grant grant, Login login) {
        StringBuilder more = new StringBuilder();
        login.roles().stream()
                .filter(role -> !role.equals(grant.target().role()))
                .forEach(role -> more.append("; is a member of ").append(role));
        login.rights().forEach(right -> more.append("; ").append(right));
        return more.isEmpty() ? "" : more.substring(2);
    }

    private @Nullable Discrepancy setRight(Grant seen) {
        Grant grant = grants.find(seen.requestId()).orElseThrow();
        if (!grants.isLive(grant.requestId())) {
            return null;
        }
        Optional<Login> login = connector.find(grant.access());
        if (login.filter(there -> isUsable(grant, there)).isEmpty()) {
            // Whoever took it away may have had a reason: it is not made anew.
            Discrepancy missing = found(
                    grant,
                    Kind.MISSING_LOGIN,
                    "The login " + grant.principal() + " of a live grant is gone, or no longer what was granted.");
            end.order(
                    grant.requestId(),
                    Reason.REVOKED,
                    "system",
                    "Its login was removed on the target, or can no longer use what was granted.");
            discrepancies.settled(missing, "The grant is ended.");
            return missing;
        }
        if (isSound(grant, login.get())) {
            return null;
        }
        String more = widening(grant, login.get());
        Discrepancy different = more.isEmpty()
                ? found(
                        grant,
                        Kind.END_PUSHED_OUT,
                        "The login " + grant.principal() + " would last until "
                                + login.get().validUntil() + " instead of " + grant.expiresAt() + ".")
                : found(grant, Kind.WIDENED, "The login " + grant.principal() + " " + more + ".");
        if (isSetRight(grant)) {
            discrepancies.settled(different, "It was set back to what was granted.");
        } else {
            end.order(
                    grant.requestId(),
                    Reason.REVOKED,
                    "system",
                    "The login could do more than was granted, and that could not be taken back.");
            discrepancies.settled(different, "The grant is ended.");
        }
        return different;
    }

    private boolean isSetRight(Grant grant) {
        try {
            connector.provision(grant.access());
            return isSound(grant, connector.find(grant.access()).orElse(null));
        } catch (ConnectorException cannot) {
            log.warn("The login {} could not be set right: {}", grant.principal(), cannot.getMessage());
            return false;
        }
    }

    private Optional<Discrepancy> stray(String system, Login login) {
        Optional<Grant> known = grants.ofPrincipal(login.principal());
        if (known.isPresent()) {
            return inTurn(known.get().requestId(), () -> strayOf(known.get(), login));
        }
        Discrepancy found = discrepancies.found(new Discrepancy(
                UUID.randomUUID(),
                system,
                login.principal(),
                null,
                Kind.STRAY_LOGIN,
                "Nobody was granted the login " + login.principal() + ".",
                clock.instant()));
        if (login.ours()) {
            remove(
                    found,
                    new Access(new UUID(0, 0), login.principal(), new Entitlement.Target(system, ""), clock.instant()));
        }
        return Optional.of(found);
    }

    private @Nullable Discrepancy strayOf(Grant grant, Login login) {
        if (grants.isOpen(grant.requestId()) || connector.find(grant.access()).isEmpty()) {
            return null;
        }
        Discrepancy found = found(
                grant, Kind.STRAY_LOGIN, "The login " + login.principal() + " is there although its grant has ended.");
        remove(found, grant.access());
        return found;
    }

    /** What cannot be removed stays raised, and is tried again with the next round. */
    private void remove(Discrepancy stray, Access access) {
        try {
            connector.revoke(access);
            discrepancies.settled(stray, "It was removed.");
        } catch (ConnectorException cannot) {
            log.warn("The login {} could not be removed: {}", access.principal(), cannot.getMessage());
        }
    }

    private Discrepancy found(Grant grant, Kind kind, String sentence) {
        return discrepancies.found(new Discrepancy(
                UUID.randomUUID(),
                grant.target().system(),
                grant.principal(),
                grant.requestId(),
                kind,
                sentence,
                clock.instant()));
    }
}
