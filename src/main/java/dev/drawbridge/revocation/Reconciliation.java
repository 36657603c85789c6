package dev.drawbridge.revocation;

import dev.drawbridge.grant.Connector;
import dev.drawbridge.grant.ConnectorException;
import dev.drawbridge.platform.Cluster;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * The third net: holds what the targets have against what the grants say, in both directions, and sets it right. What
 * cannot be set right ends; what is not ours to end is raised to the operators.
 */
@Component
class Reconciliation {
    private static final Logger log = LoggerFactory.getLogger(Reconciliation.class);

    private final Cluster cluster;
    private final Connector connector;
    private final CompareLogins logins;
    private final TargetItself itself;
    private final Discrepancies discrepancies;
    private final OutOfReach outOfReach;

    Reconciliation(
            Cluster cluster,
            Connector connector,
            CompareLogins logins,
            TargetItself itself,
            Discrepancies discrepancies,
            OutOfReach outOfReach) {
        this.cluster = cluster;
        this.connector = connector;
        this.logins = logins;
        this.itself = itself;
        this.discrepancies = discrepancies;
        this.outOfReach = outOfReach;
    }

    @Scheduled(
            fixedDelayString = "${drawbridge.reconciliation.every:PT1M}",
            initialDelayString = "${drawbridge.reconciliation.every:PT1M}")
    void reconcile() {
        cluster.onceAtATime("reconcile", () -> {
            connector.systems().forEach(this::reconcile);
            lookForWhatIsOutOfReach();
        });
    }

    private void lookForWhatIsOutOfReach() {
        try {
            outOfReach.look();
        } catch (ConnectorException | DataAccessException | TransactionException failed) {
            log.warn("Whether access is out of reach cannot be told now: {}", failed.getMessage());
        }
    }

    /** Whatever one target answers, the next one is looked at. */
    private void reconcile(String system) {
        try {
            Round round = new Round();
            UUID after = CompareLogins.FIRST;
            while (!after.equals(CompareLogins.LAST)) {
                after = logins.compare(system, after, round);
            }
            itself.compare(system, round);
            discrepancies.open().stream()
                    .filter(open -> open.target().equals(system)
                            && open.kind() != Discrepancy.Kind.OUT_OF_REACH
                            && round.isGone(open))
                    .forEach(gone -> discrepancies.settled(gone, "It was seen no more."));
        } catch (ConnectorException | DataAccessException | TransactionException failed) {
            log.warn("'{}' cannot be compared with the grants now: {}", system, failed.getMessage());
        }
    }
}
