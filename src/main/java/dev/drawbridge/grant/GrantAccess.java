package dev.drawbridge.grant;

import dev.drawbridge.approval.RequestEnds;
import dev.drawbridge.platform.Refusals;
import dev.drawbridge.platform.RefusedAttempt;
import dev.drawbridge.process.ProcessNames;
import dev.drawbridge.process.UsedInProcess;
import dev.drawbridge.request.AccessRequest;
import dev.drawbridge.request.AccessRequests;
import java.time.Clock;
import org.camunda.bpm.engine.delegate.BpmnError;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Gives the access that the grant door agrees to. May run again after any failure: each part does nothing twice. */
@Component
@UsedInProcess(apart = true)
class GrantAccess implements JavaDelegate {
    private final AccessRequests requests;
    private final GrantDoor door;
    private final Grants grants;
    private final RequestEnds ends;
    private final Connector connector;
    private final Refusals refusals;
    private final ApplicationEventPublisher events;
    private final Clock clock;
    private final TransactionTemplate atOnce;

    GrantAccess(
            AccessRequests requests,
            GrantDoor door,
            Grants grants,
            RequestEnds ends,
            Connector connector,
            Refusals refusals,
            ApplicationEventPublisher events,
            Clock clock,
            PlatformTransactionManager transactions) {
        this.requests = requests;
        this.door = door;
        this.grants = grants;
        this.ends = ends;
        this.connector = connector;
        this.refusals = refusals;
        this.events = events;
        this.clock = clock;
        this.atOnce = new TransactionTemplate(transactions);
        this.atOnce.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    @Override
    public void execute(DelegateExecution execution) {
        AccessRequest request = requests.ofProcessInstance(execution.getProcessInstanceId());
        requests.requireLock(request.id());
        // What somebody is given at this very moment counts for what they may be given next.
        requests.oneGrantAtATimeFor(request.requester());
        Grant grant;
        try {
            grant = refusals.onRecord("system", request.id(), () -> door.pass(request));
        } catch (NoLonger late) {
            if (grants.find(request.id()).isPresent()) {
                // Something may be left on the target: the sweeper ends that first, and then this request.
                throw late;
            }
            ends.record(request.id(), "FAILED", "system", late.sentence());
            throw new BpmnError(ProcessNames.ERROR_NO_LONGER);
        }
        // On record before the target is touched: if this machine dies in the next line, the sweeper knows what to
        // remove.
        atOnce.executeWithoutResult(status -> grants.add(grant));
        provision(grant);
        if (grants.confirm(request.id(), clock.instant())) {
            events.publishEvent(new AccessGranted(grant));
        }
    }

    private void provision(Grant grant) {
        try {
            connector.provision(grant.access());
        } catch (ConnectorException unreachable) {
            events.publishEvent(new RefusedAttempt(
                    "system",
                    "target-not-ready",
                    "The access could not be set up yet and is tried again: " + unreachable.getMessage(),
                    grant.requestId()));
            throw unreachable;
        }
    }
}
