package dev.drawbridge.approval.process;

import dev.drawbridge.approval.ApprovalCase;
import dev.drawbridge.approval.ApprovalCases;
import dev.drawbridge.approval.LevelOpened;
import dev.drawbridge.process.FixedTask;
import dev.drawbridge.process.ProcessNames;
import java.util.Set;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Says that a level has begun to wait, once for each level: another task of the same level is not announced again. */
@Component
class AnnounceLevel implements FixedTask {
    private final ApprovalCases cases;
    private final ApplicationEventPublisher events;

    AnnounceLevel(ApprovalCases cases, ApplicationEventPublisher events) {
        this.cases = cases;
        this.events = events;
    }

    @Override
    public Set<String> tasks() {
        return Set.of(ProcessNames.APPROVE_ACCESS);
    }

    @Override
    public void created(DelegateTask task) {
        ApprovalCase approval = cases.require(task.getProcessInstanceId());
        // A process may come by after the request has ended: then nobody is asked.
        approval.open()
                .filter(level -> approval.isUndecided() && cases.open(approval, level))
                .ifPresent(level -> events.publishEvent(
                        new LevelOpened(approval.id(), approval.level(level).name())));
    }
}
