package dev.drawbridge.approval;

import dev.drawbridge.process.FixedTask;
import dev.drawbridge.process.ProcessNames;
import java.util.Set;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Says that a level has begun to wait, once for each level: a second approver's task is no news. */
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
        approval.open()
                .filter(level -> !approval.hasBegun(level))
                .ifPresent(level -> events.publishEvent(
                        new LevelOpened(approval.id(), approval.level(level).name())));
    }
}
