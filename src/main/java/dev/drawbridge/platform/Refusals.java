package dev.drawbridge.platform;

import jakarta.servlet.ServletRequest;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

/** Puts refused attempts on record. */
@Component
public class Refusals {
    private static final String LATEST = Refusals.class.getName() + ".latest";

    private final ApplicationEventPublisher events;

    Refusals(ApplicationEventPublisher events) {
        this.events = events;
    }

    /**
     * Runs what {@code actor} attempts; a refusal is put on record, once, and thrown on. What cannot even be read is no
     * attempt at anything, and leaves no entry.
     */
    public <T> T onRecord(String actor, @Nullable UUID requestId, Supplier<T> attempt) {
        return onRecord(actor, requestId, attempt, false);
    }

    /** As {@link #onRecord(String, UUID, Supplier)}, where what cannot be read may have been made so: it is an attempt all the same. */
    public <T> T onRecordReadOrNot(String actor, Supplier<T> attempt) {
        return onRecord(actor, null, attempt, true);
    }

    private <T> T onRecord(String actor, @Nullable UUID requestId, Supplier<T> attempt, boolean readOrNot) {
        try {
            return attempt.get();
        } catch (Refusal refusal) {
            tell(refusal);
            if (refusal.firstOnRecord() && (readOrNot || refusal.kind() != Refusal.Kind.INVALID)) {
                events.publishEvent(new RefusedAttempt(actor, refusal.code(), refusal.sentence(), requestId));
            }
            throw refusal;
        }
    }

    /** As {@link #onRecord(String, UUID, Supplier)}, for what returns nothing. */
    public void onRecord(String actor, @Nullable UUID requestId, Runnable attempt) {
        onRecord(actor, requestId, () -> {
            attempt.run();
            return true;
        });
    }

    /** Keeps the refusal for the answer to this call, even where the engine wraps it on the way. */
    public static void tell(Refusal refusal) {
        RequestAttributes call = RequestContextHolder.getRequestAttributes();
        if (call != null) {
            call.setAttribute(LATEST, refusal, RequestAttributes.SCOPE_REQUEST);
        }
    }

    /** What was refused last while this call was answered. */
    public static Optional<Refusal> latestOf(ServletRequest call) {
        return Optional.ofNullable((Refusal) call.getAttribute(LATEST));
    }
}
