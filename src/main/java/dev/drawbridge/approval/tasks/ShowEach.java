package dev.drawbridge.approval.tasks;

import dev.drawbridge.approval.ApprovalCases;
import dev.drawbridge.approval.ShowTasks;
import dev.drawbridge.approval.StepIn;
import dev.drawbridge.process.Acting;
import java.util.Collection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Shows tasks one by one: a failure at one does not stop the others, and the next round tries again. */
@Component
class ShowEach implements ShowTasks {
    private static final Logger log = LoggerFactory.getLogger(ShowEach.class);

    private final ApprovalCases cases;
    private final StepIn stepIn;
    private final ShowToWhomItWaits one;
    private final TasklistRights rights;
    private final Acting acting;
    private final TransactionTemplate apart;

    ShowEach(
            ApprovalCases cases,
            StepIn stepIn,
            ShowToWhomItWaits one,
            TasklistRights rights,
            Acting acting,
            PlatformTransactionManager transactions) {
        this.cases = cases;
        this.stepIn = stepIn;
        this.one = one;
        this.rights = rights;
        this.acting = acting;
        // After a commit the transaction that is over would be joined, and nobody would commit what is done here.
        this.apart = new TransactionTemplate(transactions);
        this.apart.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    @Override
    public void of(Collection<String> instances) {
        acting.asEngine(() -> instances.forEach(this::show));
    }

    private void show(String instance) {
        try {
            cases.find(instance)
                    .map(approval -> apart.execute(status -> {
                        stepIn.look(cases.lock(approval.id()));
                        return one.show(approval.request());
                    }))
                    .ifPresent(rights::letIn);
        } catch (RuntimeException overtaken) {
            log.warn("The task of instance {} is shown to whom it waits for in the next round", instance, overtaken);
        }
    }
}
