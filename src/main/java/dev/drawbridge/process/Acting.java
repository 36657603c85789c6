package dev.drawbridge.process;

import dev.drawbridge.platform.Refusal;
import dev.drawbridge.platform.SignIn;
import java.util.List;
import java.util.function.Supplier;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ProcessEngineException;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** Works in the engine with the rights of a person, or with the engine's own. */
@Component
public class Acting {
    private final IdentityService identities;

    Acting(@Lazy IdentityService identities) {
        this.identities = identities;
    }

    /** Refuses what the person has no right to, and what a step of the process refuses. */
    <T> T as(SignIn who, Supplier<T> work) {
        identities.setAuthentication(who.person(), List.copyOf(who.groups()));
        try {
            return work.get();
        } catch (AuthorizationException forbidden) {
            throw Refusal.of(Refusal.Kind.FORBIDDEN, "not-yours-to-do", "This is not yours to do.");
        } catch (ProcessEngineException failed) {
            // The engine wraps what a listener throws; the sentence inside is for the person.
            for (Throwable cause = failed.getCause(); cause != null; cause = cause.getCause()) {
                if (cause instanceof Refusal refusal) {
                    throw refusal;
                }
            }
            throw failed;
        } finally {
            identities.clearAuthentication();
        }
    }

    void as(SignIn who, Runnable work) {
        as(who, () -> {
            work.run();
            return true;
        });
    }

    <T> T asEngine(Supplier<T> work) {
        var before = identities.getCurrentAuthentication();
        identities.clearAuthentication();
        try {
            return work.get();
        } finally {
            if (before != null) {
                identities.setAuthentication(before);
            }
        }
    }

    /** With the rights of nobody in particular, which are all. */
    public void asEngine(Runnable work) {
        asEngine(() -> {
            work.run();
            return true;
        });
    }
}
