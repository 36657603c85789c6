package dev.drawbridge.publication;

import dev.drawbridge.platform.Refusal;
import dev.drawbridge.platform.SignIn;
import dev.drawbridge.process.FixedTask;
import dev.drawbridge.process.PolicyChanges;
import dev.drawbridge.process.ProcessNames;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Asks process owners in Tasklist to agree to what another of them proposed, and takes their answer, in the call in which they give it. */
@Component
class AskAnotherOwner implements FixedTask {
    private final PolicyChanges changes;
    private final Agreement agreement;
    /** The engine is built with the tasks, and publishing with the engine. */
    private final ObjectProvider<PublicationStages> stages;
    /** The publication about which an answer is given in this thread: its process goes on by itself. */
    private final ThreadLocal<@Nullable Long> answering = new ThreadLocal<>();

    AskAnotherOwner(PolicyChanges changes, Agreement agreement, ObjectProvider<PublicationStages> stages) {
        this.changes = changes;
        this.agreement = agreement;
        this.stages = stages;
    }

    @EventListener
    void on(Staged event) {
        Stage stage = event.step().stage();
        if (stage == Stage.PROPOSED && agreement.isRequired()) {
            changes.ask(event.step().number());
        } else if (stage == Stage.WITHDRAWN) {
            settle(event.step().number(), "It was withdrawn.");
        }
    }

    @EventListener
    void on(Published event) {
        settle(event.publication().number(), "It is in force.");
    }

    private void settle(long number, String why) {
        if (!Long.valueOf(number).equals(answering.get())) {
            changes.settle(number, why);
        }
    }

    @Override
    public Set<String> tasks() {
        return Set.of(ProcessNames.AGREE_TO_PUBLICATION);
    }

    @Override
    public void created(DelegateTask task) {
        PolicyChanges.show(task);
    }

    @Override
    public void completed(DelegateTask task, SignIn who, Map<String, String> form) {
        long number = PolicyChanges.publicationOf(task);
        String decision = form.getOrDefault("decision", "");
        String comment = form.getOrDefault("comment", "").strip();
        if (!decision.equals("approve") && !decision.equals("reject")) {
            throw Refusal.ofField(
                    Refusal.Kind.INVALID, "decision", "unknown-decision", "Say whether you agree: approve or reject.");
        }
        if (decision.equals("reject") && comment.isEmpty()) {
            throw Refusal.ofField(Refusal.Kind.INVALID, "comment", "comment-missing", "Say why you do not agree.");
        }
        answering.set(number);
        try {
            stages.getObject().agreeWithin(who, number, decision.equals("approve"), comment);
        } finally {
            answering.remove();
        }
    }
}
