package dev.drawbridge.process;

import dev.drawbridge.platform.CurrentSignIn;
import dev.drawbridge.platform.Refusal;
import java.util.HashMap;
import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.impl.cmd.StartProcessInstanceCmd;
import org.camunda.bpm.engine.impl.cmd.SubmitStartFormCmd;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;

/**
 * Takes what somebody asks for in the call in which that person starts the process, and in no other: a process that is
 * started by a process, a signal or a timer runs in the call of whoever happened to be there, who asked for nothing.
 */
public class AskedByStarting extends CommandInterceptor {
    /** What the call that runs is about, until the instance that it starts is known by its id. */
    private static final String NOT_STARTED_YET = "";

    @Override
    public <T> T execute(Command<T> command) {
        if (Context.getCommandContext() != null) {
            return next.execute(command);
        }
        boolean starts = command instanceof StartProcessInstanceCmd || command instanceof SubmitStartFormCmd;
        return !starts
                ? next.execute(command)
                : SentForm.during(
                        CurrentSignIn.find().isPresent() ? new SentForm(NOT_STARTED_YET, Map.of()) : null,
                        () -> next.execute(command));
    }

    /** An instance begins: what was sent is kept for its first step, and is no variable of the process. */
    static void began(DelegateExecution execution) {
        Map<String, Object> sent = new HashMap<>(execution.getVariables());
        execution.removeVariables();
        boolean byThisCall = execution.getSuperExecution() == null
                && SentForm.take(NOT_STARTED_YET).isPresent();
        SentForm.keep(byThisCall ? new SentForm(execution.getProcessInstanceId(), sent) : null);
    }

    /**
     * What the person who starts this instance in the call that runs has sent, by field; once. Refuses where nobody does:
     * words that were said to something else, or earlier, are no request.
     */
    public static Map<String, Object> sent(DelegateExecution execution) {
        return SentForm.take(execution.getProcessInstanceId())
                .orElseThrow(() -> Refusal.of(
                        Refusal.Kind.FORBIDDEN,
                        "nobody-asked",
                        "Access is asked for by the person who wants it, by starting the process; nobody has done that"
                                + " here, so nothing is granted."));
    }
}
