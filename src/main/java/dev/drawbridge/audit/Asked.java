package dev.drawbridge.audit;

import dev.drawbridge.platform.Refusal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;

/** Reads what was sent as the value of one field; what it cannot be is refused with the field's name. */
record Asked(String field, String value) {
    private static final int SHOWN = 60;

    /** The value, where there is such a one. */
    String known(String what, Predicate<String> isKnown) {
        if (!isKnown.test(value)) {
            throw refused("There is no " + what + " '" + shown() + "'.");
        }
        return value;
    }

    String oneOf(Collection<String> values) {
        if (!values.contains(value)) {
            throw refused("'" + field + "' can be " + String.join(", ", values) + ".");
        }
        return value;
    }

    String oneOf(Enum<?>[] values) {
        return oneOf(Arrays.stream(values).map(Enum::name).toList());
    }

    boolean yesOrNo() {
        return oneOf(List.of("true", "false")).equals("true");
    }

    /** In UTC. */
    OffsetDateTime moment() {
        try {
            Instant moment = OffsetDateTime.parse(value).toInstant();
            OffsetDateTime utc = moment.atOffset(ZoneOffset.UTC);
            if (utc.getYear() < 1970 || utc.getYear() > 9999) {
                throw new DateTimeException("no moment of a record");
            }
            return utc;
        } catch (DateTimeException unreadable) {
            throw refused("'" + field + "' is a moment, like 2026-11-24T09:00:00Z.");
        }
    }

    UUID id() {
        try {
            UUID id = UUID.fromString(value);
            if (id.toString().equalsIgnoreCase(value)) {
                return id;
            }
            throw new IllegalArgumentException("written otherwise");
        } catch (IllegalArgumentException unreadable) {
            throw refused("'" + field + "' is the id of a request.");
        }
    }

    long number() {
        if (!value.matches("[1-9][0-9]{0,17}")) {
            throw refused("'" + field + "' is a number.");
        }
        return Long.parseLong(value);
    }

    Refusal refused(String sentence) {
        return Refusal.ofField(Refusal.Kind.INVALID, field, "invalid-" + field, sentence);
    }

    private String shown() {
        return value.length() <= SHOWN ? value : value.substring(0, SHOWN) + "…";
    }
}
