package dev.drawbridge.approval.tasks;

import dev.drawbridge.approval.HandedOver;
import dev.drawbridge.approval.OwnTaskOpened;
import dev.drawbridge.catalog.Catalog;
import dev.drawbridge.deputies.Approvers;
import dev.drawbridge.deputies.DeputyAppointed;
import dev.drawbridge.directory.Directory;
import dev.drawbridge.process.Acting;
import dev.drawbridge.process.EngineRights;
import dev.drawbridge.publication.TakesEffect;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.event.TransactionalEventListener;
import org.springframework.transaction.support.TransactionTemplate;

/** Lets everybody into Tasklist whom the catalog and the levels name, and whom a request waits for in person. */
@Component
class TasklistRights {
    private static final Logger log = LoggerFactory.getLogger(TasklistRights.class);

    private final EngineRights rights;
    private final Catalog catalog;
    private final Approvers approvers;
    private final Directory people;
    private final Acting acting;
    private final TransactionTemplate apart;
    private final Set<String> letIn = ConcurrentHashMap.newKeySet();
    private final Set<String> groupsLetIn = ConcurrentHashMap.newKeySet();

    TasklistRights(
            EngineRights rights,
            Catalog catalog,
            Approvers approvers,
            Directory people,
            Acting acting,
            PlatformTransactionManager transactions) {
        this.rights = rights;
        this.catalog = catalog;
        this.approvers = approvers;
        this.people = people;
        this.acting = acting;
        this.apart = new TransactionTemplate(transactions);
        this.apart.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    /** Once all files are known to be in order: a group that a slip of the pen names is not made. */
    @EventListener
    void on(TakesEffect event) {
        if (event.isForThisNodeToCarryOut()) {
            letInWhomTheFilesName();
        }
    }

    private void letInWhomTheFilesName() {
        Set<String> asking = new TreeSet<>();
        catalog.all().forEach(entitlement -> asking.addAll(entitlement.requesters()));
        asking.forEach(rights::letAsk);
        approvers.groups().forEach(group -> {
            // What an approver may ask for, if anything, is for the catalog to say, in a sentence.
            rights.letAsk(group);
            rights.letApprove(group);
        });
        // Of a group that neither asks nor approves, a company's own process may want something to be done.
        catalog.words().groups().stream()
                .filter(group -> !asking.contains(group) && !approvers.groups().contains(group))
                .forEach(rights::letApprove);
    }

    @TransactionalEventListener
    void on(DeputyAppointed event) {
        letIn(Set.of(event.deputy().deputy()));
    }

    /** Whom a company's own process asks to do something: a group that need not approve anything. */
    @TransactionalEventListener
    void on(OwnTaskOpened event) {
        // Where this follows a person's answer, the engine would ask for that person's rights.
        acting.asEngine(() -> event.task().groups().forEach(this::letGroupIn));
        letIn(event.task().people());
    }

    private void letGroupIn(String group) {
        if (!groupsLetIn.contains(group)) {
            try {
                apart.executeWithoutResult(status -> rights.letApprove(group));
                groupsLetIn.add(group);
            } catch (RuntimeException overtaken) {
                log.warn("The group '{}' is let into Tasklist with the next task", group, overtaken);
            }
        }
    }

    @TransactionalEventListener
    void on(HandedOver event) {
        letIn(Set.of(event.to()));
    }

    /** Lets those of these people in who are asked in person and are in no group that is: once, while this node runs. */
    void letIn(Collection<String> asked) {
        // Where this follows a person's answer, the engine would ask for that person's rights.
        List<String> unknown =
                asked.stream().filter(person -> !letIn.contains(person)).toList();
        acting.asEngine(() -> people.all(unknown).stream()
                .filter(person -> !approvers.areAsked(person.groups()))
                .map(Directory.Person::id)
                .forEach(this::letIn));
    }

    private void letIn(String person) {
        try {
            apart.executeWithoutResult(status -> rights.letPersonApprove(person));
            letIn.add(person);
        } catch (RuntimeException overtaken) {
            log.warn("'{}' is let into Tasklist in the next round", person, overtaken);
        }
    }
}
