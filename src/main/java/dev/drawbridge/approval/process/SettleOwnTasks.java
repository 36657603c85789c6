package dev.drawbridge.approval.process;

import dev.drawbridge.approval.OwnTasks;
import dev.drawbridge.platform.Cluster;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Puts on record that a task of a company's process is over where a node of an earlier release carried that out, which says
 * nothing: the grant door would wait for it for ever.
 */
@Component
class SettleOwnTasks {
    private static final Logger log = LoggerFactory.getLogger(SettleOwnTasks.class);

    private final Cluster cluster;
    private final OwnTasks own;
    private final TransactionTemplate transaction;

    SettleOwnTasks(Cluster cluster, OwnTasks own, PlatformTransactionManager transactions) {
        this.cluster = cluster;
        this.own = own;
        this.transaction = new TransactionTemplate(transactions);
    }

    @Scheduled(
            fixedDelayString = "${drawbridge.approval-tasks.every:PT30S}",
            initialDelayString = "${drawbridge.approval-tasks.every:PT30S}")
    void settle() {
        cluster.onceAtATime("settle tasks of one's own", () -> own.overUnseen().forEach(this::settle));
    }

    private void settle(String task) {
        try {
            transaction.executeWithoutResult(status -> own.goneUnseen(task));
        } catch (RuntimeException failed) {
            log.warn("That the task {} is over could not be put on record; it is tried again", task, failed);
        }
    }
}
