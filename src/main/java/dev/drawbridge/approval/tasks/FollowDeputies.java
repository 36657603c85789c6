package dev.drawbridge.approval.tasks;

import dev.drawbridge.deputies.Deputies;
import dev.drawbridge.deputies.DeputyAppointed;
import dev.drawbridge.deputies.DeputyDismissed;
import dev.drawbridge.process.AccessTasks;
import dev.drawbridge.process.ProcessNames;
import java.time.Clock;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.event.TransactionalEventListener;
import org.springframework.transaction.support.TransactionTemplate;

/** Shows a new deputy at once what waits for the person whom they stand in for, and one who is dismissed no more of it. */
@Component
class FollowDeputies {
    private final AccessTasks tasks;
    private final ShowEach each;
    private final TransactionTemplate apart;
    private final Clock clock;

    FollowDeputies(AccessTasks tasks, ShowEach each, PlatformTransactionManager transactions, Clock clock) {
        this.tasks = tasks;
        this.each = each;
        this.apart = new TransactionTemplate(transactions);
        this.apart.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        this.clock = clock;
    }

    @TransactionalEventListener
    void appointed(DeputyAppointed event) {
        Deputies.Deputy deputy = event.deputy();
        if (!deputy.startsAt().isAfter(clock.instant())) {
            // What the absent person has claimed would be hidden from the deputy.
            apart.executeWithoutResult(status -> tasks.releaseTasksOf(deputy.person(), ProcessNames.APPROVE_ACCESS));
        }
        show(deputy.person());
    }

    @TransactionalEventListener
    void dismissed(DeputyDismissed event) {
        show(event.deputy().deputy());
    }

    private void show(String person) {
        each.of(tasks.shownTo(person, ProcessNames.APPROVE_ACCESS, ApprovalTasks.MOST));
    }
}
