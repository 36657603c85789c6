package dev.drawbridge.approval;

import dev.drawbridge.process.AccessProcesses;
import dev.drawbridge.process.ProcessNames;
import java.time.Clock;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/** Shows deputies, while they are, the open tasks of those they stand in for. Whether they may answer is asked then. */
@Component
class DeputyTasks {
    private final Deputies deputies;
    private final AccessProcesses processes;
    private final Clock clock;

    DeputyTasks(Deputies deputies, AccessProcesses processes, Clock clock) {
        this.deputies = deputies;
        this.processes = processes;
        this.clock = clock;
    }

    @TransactionalEventListener
    void appointed(DeputyAppointed event) {
        show();
    }

    @Scheduled(
            fixedDelayString = "${drawbridge.deputies.every:PT10S}",
            initialDelayString = "${drawbridge.deputies.every:PT10S}")
    void show() {
        deputies.at(clock.instant())
                .forEach(deputy ->
                        processes.addToTasksOf(deputy.person(), ProcessNames.APPROVE_ACCESS, deputy.deputy()));
    }
}
