package dev.drawbridge.platform;

import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that was asked and is not done, with the sentence that tells the person why. Tasklist, REST and the audit
 * trail show the same sentence; it never holds a stack trace, a secret or the name of a class.
 */
public final class Refusal extends RuntimeException {

    /** What sort of refusal it is; each has one HTTP status. */
    public enum Kind {
        /** The input cannot be read: 400. */
        INVALID(400),
        /** Nobody is signed in: 401. */
        UNAUTHENTICATED(401),
        /** This person may not do it: 403. */
        FORBIDDEN(403),
        /** There is no such thing, or not for this person: 404. */
        NOT_FOUND(404),
        /** It clashes with what already is: 409. */
        CONFLICT(409),
        /** The input can be read, but asks for what is not offered: 422. */
        UNPROCESSABLE(422),
        /** Too often: 429. */
        THROTTLED(429);

        private final int status;

        Kind(int status) {
            this.status = status;
        }

        /** The HTTP status. */
        public int status() {
            return status;
        }
    }

    private final Kind kind;
    private final String code;
    private final @Nullable String field;
    private final @Nullable UUID request;
    private final transient Map<String, Object> details;
    private boolean onRecord;

    private Refusal(Kind kind, String code, String sentence, @Nullable String field, @Nullable UUID request) {
        this(kind, code, sentence, field, request, Map.of());
    }

    private Refusal(
            Kind kind,
            String code,
            String sentence,
            @Nullable String field,
            @Nullable UUID request,
            Map<String, Object> details) {
        // It may hold what somebody sent, in any characters.
        super(PlainText.shown(sentence), null, false, false);
        this.kind = kind;
        this.code = code;
        this.field = field;
        this.request = request;
        this.details = Map.copyOf(details);
    }

    /** A refusal of a kind; {@code code} is a stable kebab-case name for programs, {@code sentence} is for people. */
    public static Refusal of(Kind kind, String code, String sentence) {
        return new Refusal(kind, code, sentence, null, null);
    }

    /** A refusal that concerns one input field, named as in the request. */
    public static Refusal ofField(Kind kind, String field, String code, String sentence) {
        return new Refusal(kind, code, sentence, field, null);
    }

    /** A refusal because of another request, which the reader of this one may see. */
    public static Refusal becauseOf(UUID request, Kind kind, String code, String sentence) {
        return new Refusal(kind, code, sentence, null, request);
    }

    /** A refusal for several reasons, or with more to say: {@code details} stand beside the sentence, for programs. */
    public static Refusal withDetails(Kind kind, String code, String sentence, Map<String, Object> details) {
        return new Refusal(kind, code, sentence, null, null, details);
    }

    public Kind kind() {
        return kind;
    }

    public String code() {
        return code;
    }

    public String sentence() {
        return String.valueOf(getMessage());
    }

    public @Nullable String field() {
        return field;
    }

    /** The request that is in the way. */
    public @Nullable UUID request() {
        return request;
    }

    /** What else there is to say, by name. */
    public Map<String, Object> details() {
        return details;
    }

    /** Whether this is the first time that it is to be put on record: it may pass several who would. */
    boolean firstOnRecord() {
        boolean first = !onRecord;
        onRecord = true;
        return first;
    }
}
