package dev.drawbridge.approval;

import dev.drawbridge.catalog.Catalog;
import dev.drawbridge.process.EngineRights;
import dev.drawbridge.process.People;
import jakarta.annotation.PostConstruct;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Lets everybody into Tasklist whom the catalog and the levels name, and whom a request waits for. */
@Component
class TasklistRights {
    private final EngineRights rights;
    private final Catalog catalog;
    private final Approvers approvers;
    private final People people;
    private final Set<String> letIn = ConcurrentHashMap.newKeySet();

    TasklistRights(EngineRights rights, Catalog catalog, Approvers approvers, People people) {
        this.rights = rights;
        this.catalog = catalog;
        this.approvers = approvers;
        this.people = people;
    }

    @PostConstruct
    void letIn() {
        Set<String> asking = new TreeSet<>();
        catalog.all().forEach(entitlement -> asking.addAll(entitlement.requesters()));
        asking.forEach(rights::letAsk);
        approvers.groups().forEach(rights::letApprove);
    }

    @EventListener
    void on(DeputyAppointed event) {
        rights.letPersonApprove(event.deputy().deputy());
    }

    @EventListener
    void on(HandedOver event) {
        rights.letPersonApprove(event.to());
    }

    /** Lets those of these people in who are asked in person and are in no group that is: once, while this node runs. */
    void letIn(Collection<String> asked) {
        asked.stream()
                .filter(person -> !letIn.contains(person))
                .flatMap(person -> people.find(person).stream())
                .filter(person -> !approvers.isOne(person))
                .map(People.Person::id)
                .forEach(person -> {
                    rights.letPersonApprove(person);
                    letIn.add(person);
                });
    }
}
