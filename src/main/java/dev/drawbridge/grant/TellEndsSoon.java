package dev.drawbridge.grant;

import dev.drawbridge.process.UsedInProcess;
import dev.drawbridge.request.AccessRequest;
import dev.drawbridge.request.AccessRequests;
import java.time.Clock;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Says that access ends soon. */
@Component
@UsedInProcess
class TellEndsSoon implements JavaDelegate {
    private final AccessRequests requests;
    private final Grants grants;
    private final AccessWindow window;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    TellEndsSoon(
            AccessRequests requests,
            Grants grants,
            AccessWindow window,
            ApplicationEventPublisher events,
            Clock clock) {
        this.requests = requests;
        this.grants = grants;
        this.window = window;
        this.events = events;
        this.clock = clock;
    }

    @Override
    public void execute(DelegateExecution execution) {
        AccessRequest request = requests.ofProcessInstance(execution.getProcessInstanceId());
        grants.find(request.id())
                // Not whenever a process says so: only where it is so.
                .filter(grant ->
                        grants.isLive(request.id()) && !window.endsSoon(request).isAfter(clock.instant()))
                .ifPresent(grant -> events.publishEvent(new AccessEndsSoon(grant)));
    }
}
