package dev.drawbridge.request;

import static dev.drawbridge.platform.Refusal.Kind.INVALID;
import static dev.drawbridge.platform.Refusal.Kind.UNPROCESSABLE;

import dev.drawbridge.catalog.TicketNumbers;
import dev.drawbridge.platform.PlainText;
import dev.drawbridge.platform.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a form or a call sent, not yet checked: the start variables, all strings.
 *
 * @param duration ISO-8601 in days, hours, minutes and seconds, such as {@code PT30M}
 * @param startsAt an ISO-8601 instant in UTC; none: at once
 * @param extending the id of one's own request whose access is to last longer; none: access of its own
 */
public record Draft(
        @Nullable String entitlement,
        @Nullable String duration,
        @Nullable String justification,
        @Nullable String ticket,
        @Nullable String startsAt,
        @Nullable String extending) {

    private static final Duration SHORTEST = Duration.ofSeconds(1);

    String entitlementId() {
        return required("entitlement", entitlement, "Choose what you need access to.");
    }

    /** Refuses what is not a positive ISO-8601 duration of fixed length, naming the field. */
    Duration parsedDuration() {
        String text = required("duration", duration, "Say for how long you need it, for example PT30M.");
        Duration parsed;
        try {
            parsed = Duration.parse(text);
        } catch (DateTimeParseException | ArithmeticException unreadable) {
            throw Refusal.ofField(
                    INVALID,
                    "duration",
                    "invalid-duration",
                    "'" + shortened(text)
                            + "' is not a duration. Write it like PT30M for thirty minutes or PT2H for two hours.");
        }
        if (parsed.isNegative() || parsed.isZero()) {
            throw Refusal.ofField(
                    UNPROCESSABLE, "duration", "duration-not-positive", "The duration must be longer than nothing.");
        }
        if (parsed.compareTo(SHORTEST) < 0) {
            throw Refusal.ofField(
                    UNPROCESSABLE, "duration", "duration-too-short", "The duration must be a second at least.");
        }
        return parsed;
    }

    String checkedJustification() {
        return PlainText.checked(
                "justification",
                required(
                        "justification", justification, "Say why you need it; your approvers and auditors read this."));
    }

    @Nullable
    String checkedTicket(TicketNumbers numbers) {
        if (ticket == null || ticket.isBlank()) {
            return null;
        }
        String text = ticket.strip();
        if (!numbers.fit(text)) {
            throw Refusal.ofField(
                    UNPROCESSABLE,
                    "ticket",
                    "invalid-ticket",
                    "'" + shortened(text) + "' is not a ticket number. Write it like " + numbers.examples() + ".");
        }
        return text;
    }

    @Nullable
    Instant parsedStart(Instant now) {
        if (startsAt == null || startsAt.isBlank()) {
            return null;
        }
        Instant start;
        try {
            // Milliseconds are what is kept: a digest must read the same after a round trip.
            start = Instant.parse(startsAt.strip()).truncatedTo(ChronoUnit.MILLIS);
        } catch (DateTimeParseException unreadable) {
            throw Refusal.ofField(
                    INVALID,
                    "startsAt",
                    "invalid-start",
                    "'" + shortened(startsAt) + "' is not a time. Write it in UTC, like 2027-01-31T09:00:00Z.");
        }
        if (start.isBefore(now)) {
            throw Refusal.ofField(UNPROCESSABLE, "startsAt", "start-in-the-past", "The start lies in the past.");
        }
        if (start.isAfter(now.plus(SubmitAccessRequest.FURTHEST_START))) {
            throw Refusal.ofField(
                    UNPROCESSABLE, "startsAt", "start-too-far", "The start lies more than thirty days ahead.");
        }
        return start;
    }

    @Nullable
    UUID parsedExtending() {
        if (extending == null || extending.isBlank()) {
            return null;
        }
        try {
            return UUID.fromString(extending.strip());
        } catch (IllegalArgumentException unreadable) {
            throw Refusal.ofField(
                    INVALID,
                    "extending",
                    "invalid-extending",
                    "'" + shortened(extending) + "' is not the id of a request.");
        }
    }

    private static String required(String field, @Nullable String value, String sentence) {
        if (value == null || PlainText.looksEmpty(value)) {
            throw Refusal.ofField(INVALID, field, "missing-" + field, sentence);
        }
        return value.strip();
    }

    private static String shortened(String text) {
        return text.codePointCount(0, text.length()) <= 40
                ? text
                : text.substring(0, text.offsetByCodePoints(0, 40)) + "…";
    }

    /** As the process is started with it; what is not given is left out. */
    Map<String, String> asVariables() {
        Map<String, String> variables = new HashMap<>();
        put(variables, "entitlement", entitlement());
        put(variables, "duration", duration());
        put(variables, "justification", justification());
        put(variables, "ticket", ticket());
        put(variables, "startsAt", startsAt());
        put(variables, "extending", extending());
        return variables;
    }

    private static void put(Map<String, String> variables, String name, @Nullable String value) {
        if (value != null) {
            variables.put(name, value);
        }
    }
}
