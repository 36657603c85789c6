package dev.drawbridge.approval;

import dev.drawbridge.directory.Directory;
import dev.drawbridge.directory.PersonChanged;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Looks anew at what waits once it is known that somebody has left or is there again, or that a person has other managers: at
 * once.
 */
@Component
public class AskedAnew {
    private final ApprovalCases cases;
    private final ShowTasks tasks;
    private final Directory people;

    AskedAnew(ApprovalCases cases, ShowTasks tasks, Directory people) {
        this.cases = cases;
        this.tasks = tasks;
        this.people = people;
    }

    /** Whatever may wait for this person, who may have left. */
    public void becauseOf(String person) {
        show(cases.waitingFor(person, people.thoseWhoName(person)));
    }

    @TransactionalEventListener
    void on(PersonChanged event) {
        show(cases.waitingFor("", Set.of(event.after().id())));
        if (event.before().left() && !event.after().left()) {
            becauseOf(event.after().id());
        }
    }

    private void show(List<ApprovalCase> waiting) {
        tasks.of(waiting.stream()
                .map(approval -> approval.request().processInstanceId())
                .toList());
    }
}
