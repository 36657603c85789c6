package dev.drawbridge.process;

import dev.drawbridge.platform.Refusal;
import dev.drawbridge.platform.Refusals;
import jakarta.servlet.ServletRequest;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandContextInterceptor;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

/**
 * Tells a failure of ours from what the engine stumbles over since it can do nothing with what somebody sent: to itself both
 * are failures. Every call to the engine passes here.
 */
final class EngineFailures extends CommandInterceptor {
    /** For the second of two who do what can be done only once. */
    static final Refusal OVERTAKEN = Refusal.of(
            Refusal.Kind.CONFLICT,
            "overtaken",
            "Somebody else did something here at the same moment. Look again, and do it once more if it is still to be done.");

    private static final Logger log = LoggerFactory.getLogger(EngineFailures.class);
    private static final String OURS = EngineFailures.class.getName() + ".ours";
    private static final String PRODUCT = "dev.drawbridge.";

    /** What the engine's own code fails with where somebody sent what it did not expect. All else is a failure of ours. */
    private static final List<Class<? extends Exception>> STUMBLES = List.of(
            ProcessEngineException.class,
            NullPointerException.class,
            ClassCastException.class,
            IllegalArgumentException.class,
            IndexOutOfBoundsException.class,
            UnsupportedOperationException.class,
            ArithmeticException.class,
            DateTimeException.class);

    /** What of ours stands between the engine and its commands, each time one calls another. */
    private static final Set<String> BETWEEN = Stream.of(
                    EndsWithoutMemory.class,
                    EngineFailures.class,
                    RefusedByEngine.class,
                    AskedByStarting.class,
                    SentForm.class,
                    BoundedWork.class,
                    WithoutCode.class)
            .map(Class::getName)
            .collect(Collectors.toUnmodifiableSet());

    /**
     * What was sent does not fit (22), clashes with what is there (23), or made the engine ask for decisions and cases, which it
     * has no tables for here, or what is no statement at all (42).
     */
    private static final List<String> DATA = List.of("22", "23", "42");

    /** Whether something failed in this call that is not the caller's fault. */
    static boolean isOurs(ServletRequest call) {
        return call.getAttribute(OURS) != null;
    }

    /** Keeps the refusal for the answer to this call. */
    static Refusal told(Refusal refusal) {
        Refusals.tell(refusal);
        return refusal;
    }

    @Override
    public <T> T execute(Command<T> command) {
        if (Context.getCommandContext() != null) {
            return next.execute(command);
        }
        try {
            return next.execute(command);
        } catch (RuntimeException failed) {
            note(failed);
            throw failed;
        }
    }

    private static void note(RuntimeException failed) {
        List<Throwable> causes = Stream.<Throwable>iterate(failed, cause -> cause != null, Throwable::getCause)
                .limit(50)
                .toList();
        for (Throwable cause : causes) {
            if (cause instanceof Refusal refusal) {
                Refusals.tell(refusal);
                return;
            }
        }
        if (failed instanceof AuthorizationException) {
            return;
        }
        if (failed instanceof OptimisticLockingException) {
            Refusals.tell(OVERTAKEN);
            return;
        }
        RequestAttributes call = RequestContextHolder.getRequestAttributes();
        if (call != null && isOurs(causes)) {
            log.error("The process engine failed in somebody's call", failed);
            call.setAttribute(OURS, true, RequestAttributes.SCOPE_REQUEST);
        }
    }

    static boolean isOurs(List<Throwable> causes) {
        Throwable root = causes.get(causes.size() - 1);
        if (causes.stream().anyMatch(EngineFailures::cameFromThere)) {
            return true;
        }
        return root instanceof SQLException failed
                ? failed.getSQLState() == null
                        || DATA.stream().noneMatch(kind -> failed.getSQLState().startsWith(kind))
                : STUMBLES.stream().noneMatch(kind -> kind.isInstance(root));
    }

    /** Whether it failed within a step of the product's own, which the engine had called. */
    private static boolean cameFromThere(Throwable cause) {
        StackTraceElement[] trace = cause.getStackTrace();
        int door = trace.length - 1;
        while (door >= 0 && !trace[door].getClassName().equals(CommandContextInterceptor.class.getName())) {
            door--;
        }
        return Arrays.stream(trace, 0, Math.max(0, door))
                .map(StackTraceElement::getClassName)
                .anyMatch(name -> name.startsWith(PRODUCT) && !BETWEEN.contains(name.replaceAll("\\$.*", "")));
    }
}
