package dev.drawbridge.process;

import dev.drawbridge.platform.CurrentSignIn;
import dev.drawbridge.platform.Refusal;
import dev.drawbridge.platform.Refusals;
import dev.drawbridge.platform.RefusedAttempt;
import dev.drawbridge.platform.SignIn;
import java.util.Locale;
import java.util.Map;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.impl.cmd.AddCommentCmd;
import org.camunda.bpm.engine.impl.cmd.CreateAttachmentCmd;
import org.camunda.bpm.engine.impl.cmd.DelegateTaskCmd;
import org.camunda.bpm.engine.impl.cmd.DeleteDeploymentCmd;
import org.camunda.bpm.engine.impl.cmd.DeleteProcessDefinitionsByIdsCmd;
import org.camunda.bpm.engine.impl.cmd.DeleteProcessDefinitionsByKeyCmd;
import org.camunda.bpm.engine.impl.cmd.ExecuteJobsCmd;
import org.camunda.bpm.engine.impl.cmd.HandleTaskBpmnErrorCmd;
import org.camunda.bpm.engine.impl.cmd.HandleTaskEscalationCmd;
import org.camunda.bpm.engine.impl.cmd.PatchTaskVariablesCmd;
import org.camunda.bpm.engine.impl.cmd.RemoveTaskVariablesCmd;
import org.camunda.bpm.engine.impl.cmd.ResolveTaskCmd;
import org.camunda.bpm.engine.impl.cmd.RestartProcessInstancesCmd;
import org.camunda.bpm.engine.impl.cmd.SetTaskVariablesCmd;
import org.camunda.bpm.engine.impl.cmd.StartProcessInstanceAtActivitiesCmd;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;
import org.springframework.context.ApplicationEventPublisher;

/** Puts on record what the engine itself refuses, through whichever of its doors it was tried. */
class RefusedByEngine extends CommandInterceptor {
    private static final String FORBIDS = "engine-forbids";
    private static final String COMPLETED = "A task is completed, and ended in no other way";
    private static final String FIELDS = "A task takes the fields of its form, when it is completed";
    private static final String PUBLISHED = "What was published stays on record; publish what is to take its place";
    private static final String STARTED = "A process is started at its start, and nowhere else";
    private static final String SAID = "What is said about a request belongs into an answer or a question";

    /**
     * With these a candidate could end a task, and with it a request, past everything that listens to an answer; lay words
     * beneath another's answer; say what is on no record; use a timer's tries up; and whoever may start a process could start
     * it in many places at once.
     */
    private static final Map<Class<?>, String> AROUND = Map.ofEntries(
            Map.entry(HandleTaskBpmnErrorCmd.class, COMPLETED),
            Map.entry(HandleTaskEscalationCmd.class, COMPLETED),
            Map.entry(ResolveTaskCmd.class, COMPLETED),
            Map.entry(DelegateTaskCmd.class, "A task is handed over in its form"),
            Map.entry(SetTaskVariablesCmd.class, FIELDS),
            Map.entry(PatchTaskVariablesCmd.class, FIELDS),
            Map.entry(RemoveTaskVariablesCmd.class, FIELDS),
            Map.entry(AddCommentCmd.class, SAID),
            Map.entry(DeleteDeploymentCmd.class, PUBLISHED),
            Map.entry(DeleteProcessDefinitionsByIdsCmd.class, PUBLISHED),
            Map.entry(DeleteProcessDefinitionsByKeyCmd.class, PUBLISHED),
            Map.entry(CreateAttachmentCmd.class, SAID),
            Map.entry(ExecuteJobsCmd.class, "Jobs run when they are due; an operator gives one more tries"),
            Map.entry(StartProcessInstanceAtActivitiesCmd.class, STARTED),
            Map.entry(RestartProcessInstancesCmd.class, STARTED));

    private final ApplicationEventPublisher events;

    RefusedByEngine(ApplicationEventPublisher events) {
        this.events = events;
    }

    @Override
    public <T> T execute(Command<T> command) {
        boolean outermost = Context.getCommandContext() == null;
        try {
            String around = AROUND.get(command.getClass());
            if (around != null && CurrentSignIn.find().isPresent()) {
                Refusals.tell(Refusal.of(Refusal.Kind.FORBIDDEN, FORBIDS, around + "."));
                throw new AuthorizationException(around);
            }
            return next.execute(command);
        } catch (AuthorizationException refused) {
            if (outermost) {
                events.publishEvent(new RefusedAttempt(
                        CurrentSignIn.find().map(SignIn::person).orElse("system"),
                        code(refused),
                        "The process engine does not allow it: " + refused.getMessage(),
                        null));
            }
            throw refused;
        }
    }

    /** By what it is about: each kind of it has room of its own on record. */
    private static String code(AuthorizationException refused) {
        return refused.getMissingAuthorizations().stream()
                .map(missing -> String.valueOf(missing.getResourceType()))
                .filter(type -> type.matches("[A-Za-z ]+"))
                .map(type -> FORBIDS + "-" + type.toLowerCase(Locale.ROOT).replace(' ', '-'))
                .findFirst()
                .orElse(FORBIDS);
    }
}
