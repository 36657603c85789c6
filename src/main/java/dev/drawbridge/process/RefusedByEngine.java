package dev.drawbridge.process;

import dev.drawbridge.platform.CurrentSignIn;
import dev.drawbridge.platform.RefusedAttempt;
import dev.drawbridge.platform.SignIn;
import java.util.Map;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.impl.cmd.HandleTaskBpmnErrorCmd;
import org.camunda.bpm.engine.impl.cmd.HandleTaskEscalationCmd;
import org.camunda.bpm.engine.impl.cmd.StartProcessInstanceAtActivitiesCmd;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;
import org.springframework.context.ApplicationEventPublisher;

/** Puts on record what the engine itself refuses, through whichever of its doors it was tried. */
class RefusedByEngine extends CommandInterceptor {
    /**
     * With these a candidate could end a task, and with it a request, past everything that listens to an answer; and whoever
     * may start a process could start it in many places at once.
     */
    private static final Map<Class<?>, String> AROUND = Map.of(
            HandleTaskBpmnErrorCmd.class, "A task is completed, and ended in no other way",
            HandleTaskEscalationCmd.class, "A task is completed, and ended in no other way",
            StartProcessInstanceAtActivitiesCmd.class, "A process is started at its start, and nowhere else");

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
                throw new AuthorizationException(around);
            }
            return next.execute(command);
        } catch (AuthorizationException refused) {
            if (outermost) {
                events.publishEvent(new RefusedAttempt(
                        CurrentSignIn.find().map(SignIn::person).orElse("system"),
                        "engine-forbids",
                        "The process engine does not allow it: " + refused.getMessage(),
                        null));
            }
            throw refused;
        }
    }
}
