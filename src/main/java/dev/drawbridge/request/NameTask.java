package dev.drawbridge.request;

import dev.drawbridge.catalog.Catalog;
import dev.drawbridge.directory.Directory;
import dev.drawbridge.process.FixedTask;
import dev.drawbridge.process.ProcessNames;
import java.util.Set;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.springframework.stereotype.Component;

/** Says in a task's name what it is about, so that the tasks in a list can be told apart. */
@Component
class NameTask implements FixedTask {
    /** What the engine can store. */
    private static final int LONGEST = 255;

    private final AccessRequests requests;
    private final Catalog catalog;
    private final Directory people;

    NameTask(AccessRequests requests, Catalog catalog, Directory people) {
        this.requests = requests;
        this.catalog = catalog;
        this.people = people;
    }

    @Override
    public Set<String> tasks() {
        return Set.of(ProcessNames.APPROVE_ACCESS, ProcessNames.ANSWER_QUESTION, ProcessNames.USE_ACCESS);
    }

    @Override
    public void created(DelegateTask task) {
        AccessRequest request = requests.ofProcessInstance(task.getProcessInstanceId());
        String what = catalog.nameOf(request.entitlement());
        String forWhom = task.getTaskDefinitionKey().equals(ProcessNames.APPROVE_ACCESS)
                ? " for "
                        + people.find(request.requester())
                                .map(Directory.Person::name)
                                .orElse(request.requester())
                : "";
        String more = request.extending() == null ? "" : ", more time";
        String title = task.getName() + ": " + what + more + forWhom;
        task.setName(title.length() <= LONGEST ? title : title.substring(0, LONGEST - 1) + "…");
    }
}
