package dev.drawbridge.audit;

import io.swagger.v3.oas.annotations.Parameter;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What of the record somebody looks for, as it was sent; what is left out, or blank, narrows nothing. All that is there must hold.
 *
 * @param actor who did it: a person's id, or {@code system}
 * @param about whom it concerns: who asked, or whom the entry names beside who did it
 * @param request the id of a request
 * @param kind such as {@code access-granted}
 * @param entitlement asked for, or given in its place
 * @param personalData whether what was asked for reached personal data then: {@code true} or {@code false}
 * @param from the first moment, UTC
 * @param to the first moment that does not count any more, UTC
 * @param q words of the sentence, the last one perhaps not whole
 * @param requester who asked
 * @param approver who answered
 * @param resource of what was asked for, as it was then
 * @param sensitivity of what was asked for, as it was then
 * @param outcome how the request ended
 * @param rule a guardrail that counted, such as {@code automatic/low-up-to-an-hour}
 * @param publication by which rules it was judged, by their number
 * @param ticket as it was written
 * @param heldFrom the access was held at this moment or later, UTC
 * @param heldTo the access was held at this moment or earlier, UTC
 */
public record RecordQuery(
        @Parameter(description = "Who did it: a person's id, or `system`") @Nullable
        String actor,

        @Parameter(description = "Whom it concerns: who asked, or whom the entry names") @Nullable
        String about,

        @Nullable String request,
        @Nullable String kind,
        @Nullable String entitlement,
        @Nullable String personalData,
        @Nullable String from,
        @Nullable String to,

        @Parameter(description = "Words of the sentence; the last may be the beginning of one") @Nullable
        String q,

        @Nullable String requester,
        @Nullable String approver,
        @Nullable String resource,
        @Nullable String sensitivity,
        @Nullable String outcome,
        @Nullable String rule,
        @Nullable String publication,
        @Nullable String ticket,

        @Parameter(description = "The access was held at this moment or later") @Nullable
        String heldFrom,

        @Parameter(description = "The access was held at this moment or earlier") @Nullable
        String heldTo) {

    /** The same, between these moments. */
    public RecordQuery between(@Nullable String first, @Nullable String end) {
        return new RecordQuery(
                actor,
                about,
                request,
                kind,
                entitlement,
                personalData,
                first,
                end,
                q,
                requester,
                approver,
                resource,
                sensitivity,
                outcome,
                rule,
                publication,
                ticket,
                heldFrom,
                heldTo);
    }

    /** What is there, by name, without the blanks around it. */
    public Map<String, String> given() {
        Map<String, String> given = new LinkedHashMap<>();
        Arrays.stream(RecordQuery.class.getRecordComponents()).forEach(one -> {
            String value = value(one);
            if (value != null && !value.isBlank()) {
                given.put(one.getName(), value.strip());
            }
        });
        return given;
    }

    private @Nullable String value(RecordComponent one) {
        try {
            return (String) one.getAccessor().invoke(this);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
