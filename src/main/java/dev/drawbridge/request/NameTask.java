package dev.drawbridge.request;

import dev.drawbridge.catalog.Catalog;
import dev.drawbridge.catalog.Entitlement;
import dev.drawbridge.process.People;
import dev.drawbridge.process.ProcessNames;
import dev.drawbridge.process.UsedInProcess;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.springframework.stereotype.Component;

/** Says in a task's name what it is about, so that a list of tasks can be told apart. */
@Component
@UsedInProcess
class NameTask implements TaskListener {
    private final AccessRequests requests;
    private final Catalog catalog;
    private final People people;

    NameTask(AccessRequests requests, Catalog catalog, People people) {
        this.requests = requests;
        this.catalog = catalog;
        this.people = people;
    }

    @Override
    public void notify(DelegateTask task) {
        AccessRequest request = requests.ofProcessInstance(task.getProcessInstanceId());
        String what = catalog.find(request.entitlement()).map(Entitlement::name).orElse(request.entitlement());
        String forWhom = task.getTaskDefinitionKey().equals(ProcessNames.APPROVE_ACCESS)
                ? " for "
                        + people.find(request.requester())
                                .map(People.Person::name)
                                .orElse(request.requester())
                : "";
        String more = request.extending() == null ? "" : ", more time";
        task.setName(task.getName() + ": " + what + more + forWhom);
    }
}
