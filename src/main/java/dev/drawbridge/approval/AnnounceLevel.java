package dev.drawbridge.approval;

import dev.drawbridge.process.FixedTask;
import dev.drawbridge.process.ProcessNames;
import dev.drawbridge.request.AccessRequest;
import dev.drawbridge.request.AccessRequests;
import java.util.Optional;
import java.util.Set;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Says that a level has begun to wait, once for each level: a second approver's task is no news. */
@Component
class AnnounceLevel implements FixedTask {
    private final AccessRequests requests;
    private final LevelClock levels;
    private final Approvals approvals;
    private final Questions questions;
    private final ApplicationEventPublisher events;

    AnnounceLevel(
            AccessRequests requests,
            LevelClock levels,
            Approvals approvals,
            Questions questions,
            ApplicationEventPublisher events) {
        this.requests = requests;
        this.levels = levels;
        this.approvals = approvals;
        this.questions = questions;
        this.events = events;
    }

    @Override
    public Set<String> tasks() {
        return Set.of(ProcessNames.APPROVE_ACCESS);
    }

    @Override
    public void created(DelegateTask task) {
        AccessRequest request = requests.ofProcessInstance(task.getProcessInstanceId());
        Optional<Integer> open = levels.open(request.id());
        if (open.isEmpty()) {
            return;
        }
        int level = open.get();
        boolean begun = approvals.of(request.id()).stream().anyMatch(given -> given.level() == level)
                || questions.of(request.id()).stream().anyMatch(asked -> asked.level() == level);
        if (!begun) {
            events.publishEvent(new LevelOpened(
                    request.id(), levels.levels(request.id()).get(level).name()));
        }
    }
}
