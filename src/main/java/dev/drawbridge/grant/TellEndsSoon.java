package dev.drawbridge.grant;

import dev.drawbridge.process.UsedInProcess;
import dev.drawbridge.request.AccessRequests;
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
    private final ApplicationEventPublisher events;

    TellEndsSoon(AccessRequests requests, Grants grants, ApplicationEventPublisher events) {
        this.requests = requests;
        this.grants = grants;
        this.events = events;
    }

    @Override
    public void execute(DelegateExecution execution) {
        grants.find(requests.ofProcessInstance(execution.getProcessInstanceId()).id())
                .ifPresent(grant -> events.publishEvent(new AccessEndsSoon(grant)));
    }
}
