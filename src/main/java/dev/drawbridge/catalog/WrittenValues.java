package dev.drawbridge.catalog;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.module.SimpleModule;
import dev.drawbridge.platform.PlainText;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Set;
import java.util.function.Function;

/**
 * Values as people write them into the files, each in one way. The usual readers also take a bare number, for seconds or for
 * days since 1970, or for the place in a list: {@code limit: 8} would be eight seconds, and {@code sensitivity: 0} LOW.
 */
final class WrittenValues {
    private static final Set<String> REGIONS = Set.of(
            "Africa",
            "America",
            "Antarctica",
            "Arctic",
            "Asia",
            "Atlantic",
            "Australia",
            "Canada",
            "Europe",
            "Indian",
            "Pacific",
            "US");

    private static final int LONGEST_TEXT = 500;
    private static final Duration LONGEST = Duration.ofDays(3_660);
    private static final int LONGEST_QUOTE = 60;

    private WrittenValues() {}

    static SimpleModule module() {
        return new SimpleModule("written values")
                .addDeserializer(
                        String.class,
                        new Written<>(
                                String.class,
                                WrittenValues::text,
                                "a text on one line, of up to " + LONGEST_TEXT + " characters that can be seen"))
                .addDeserializer(boolean.class, new Written<>(boolean.class, WrittenValues::truth, "true or false"))
                .addDeserializer(
                        int.class, new Written<>(int.class, WrittenValues::number, "a number of one to nine digits"))
                .addDeserializer(
                        Entitlement.Quorum.class,
                        new Written<>(
                                Entitlement.Quorum.class,
                                text -> Entitlement.Quorum.of(number(text)),
                                "a number of one to nine digits"))
                .addDeserializer(
                        Entitlement.Rota.class,
                        new Written<>(
                                Entitlement.Rota.class, text -> Entitlement.Rota.of(text(text)), "the name of a rota"))
                .addDeserializer(
                        TicketNumbers.Home.class,
                        new Written<>(
                                TicketNumbers.Home.class,
                                text -> TicketNumbers.Home.of(text(text)),
                                "the name of a system of tickets"))
                .addDeserializer(
                        Duration.class,
                        new Written<>(
                                Duration.class,
                                WrittenValues::duration,
                                "a length of time, such as PT8H or P7D, of ten years at most"))
                .addDeserializer(
                        Instant.class,
                        new Written<>(
                                Instant.class, WrittenValues::instant, "a time in UTC, such as 2027-01-31T09:00:00Z"))
                .addDeserializer(
                        LocalDate.class,
                        new Written<>(LocalDate.class, WrittenValues::date, "a date, such as 2027-01-31"))
                .addDeserializer(
                        TimeOfDay.class,
                        new Written<>(
                                TimeOfDay.class,
                                TimeOfDay::parse,
                                "a time of day, such as 08:00 or 18:30; 24:00 is the end of the day"))
                .addDeserializer(
                        ZoneId.class,
                        new Written<>(
                                ZoneId.class,
                                WrittenValues::zone,
                                "a time zone, such as Europe/Berlin or UTC; one that is named by its hours only"
                                        + " would not change to summer time"));
    }

    private static String text(String text) {
        if (text.length() > LONGEST_TEXT
                || PlainText.looksEmpty(text)
                || !PlainText.shown(text).equals(text)) {
            throw new DateTimeException("no plain text");
        }
        return text;
    }

    /** YAML has many more ways to say so, which its readers do not agree on. */
    private static Boolean truth(String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw new DateTimeException("neither");
        }
        return text.equals("true");
    }

    private static Integer number(String text) {
        if (!text.matches("0|[1-9][0-9]{0,8}")) {
            throw new DateTimeException("no plain number");
        }
        return Integer.valueOf(text);
    }

    private static Duration duration(String text) {
        // A week is seven days wherever it is; months and years are not all of a length.
        Duration duration = text.matches("P[0-9]{1,4}W")
                ? Duration.ofDays(7L * Integer.parseInt(text.substring(1, text.length() - 1)))
                : Duration.parse(text);
        if (duration.compareTo(LONGEST) > 0) {
            throw new DateTimeException("longer than anybody plans");
        }
        return duration;
    }

    private static Instant instant(String text) {
        return Instant.parse(ofOurTime(text));
    }

    private static LocalDate date(String text) {
        return LocalDate.parse(ofOurTime(text));
    }

    /** Far from the ends of time, where a clock cannot count any further. */
    private static String ofOurTime(String text) {
        if (!text.matches("(19|2[0-9])[0-9]{2}-.*")) {
            throw new DateTimeException("a year that nobody plans");
        }
        return text;
    }

    private static ZoneId zone(String text) {
        int slash = text.indexOf('/');
        boolean named = text.equals("UTC") || (slash > 0 && REGIONS.contains(text.substring(0, slash)));
        if (!named || !ZoneId.getAvailableZoneIds().contains(text)) {
            throw new DateTimeException("no region");
        }
        return ZoneId.of(text);
    }

    /** As much of a file's text as fits into a sentence. */
    static String quoted(String text) {
        String shown = PlainText.shown(text);
        return shown.length() > LONGEST_QUOTE ? shown.substring(0, LONGEST_QUOTE) + "…" : shown;
    }

    private static final class Written<T> extends StdScalarDeserializer<T> {
        private static final long serialVersionUID = 1L;

        private final transient Function<String, T> reader;
        private final String what;

        Written(Class<T> type, Function<String, T> reader, String what) {
            super(type);
            this.reader = reader;
            this.what = what;
        }

        @Override
        public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            String text = parser.currentToken().isScalarValue() ? parser.getText() : "this";
            if (parser.currentToken() == JsonToken.VALUE_STRING) {
                try {
                    return reader.apply(text.strip());
                } catch (DateTimeException | ArithmeticException unreadable) {
                    // Said below, with what it should be.
                }
            }
            throw InvalidFormatException.from(
                    parser, "'" + quoted(text) + "' is not " + what + ".", text, handledType());
        }
    }
}
