package dev.drawbridge.approval;

import dev.drawbridge.process.FixedTask;
import dev.drawbridge.process.ProcessNames;
import dev.drawbridge.request.AccessRequest;
import dev.drawbridge.request.AccessRequests;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Says that a level has begun to wait, once for each level: another task of the same level is no news. */
@Component
class AnnounceLevel implements FixedTask {
    private final AccessRequests requests;
    private final RequestEnds ends;
    private final LevelClock levels;
    private final Escalations escalations;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    AnnounceLevel(
            AccessRequests requests,
            RequestEnds ends,
            LevelClock levels,
            Escalations escalations,
            ApplicationEventPublisher events,
            Clock clock) {
        this.requests = requests;
        this.ends = ends;
        this.levels = levels;
        this.escalations = escalations;
        this.events = events;
        this.clock = clock;
    }

    @Override
    public Set<String> tasks() {
        return Set.of(ProcessNames.APPROVE_ACCESS);
    }

    @Override
    public void created(DelegateTask task) {
        AccessRequest request = requests.ofProcessInstance(task.getProcessInstanceId());
        Optional<Integer> open = levels.open(request.id());
        if (open.isEmpty() || !ends.isUndecided(request.id())) {
            return;
        }
        int level = open.get();
        if (escalations.opens(request.id(), level, clock.instant())) {
            events.publishEvent(new LevelOpened(
                    request.id(), levels.levels(request.id()).get(level).name()));
        }
    }
}
