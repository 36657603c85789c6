package dev.drawbridge.catalog;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Set;
import java.util.function.Function;

/**
 * Times as people write them into the files, each in one way. The usual readers also take a bare number, for seconds or for
 * days since 1970: {@code limit: 8} would be eight seconds, and nobody would hear of it.
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

    private WrittenValues() {}

    static SimpleModule module() {
        return new SimpleModule("written values")
                .addDeserializer(
                        Duration.class,
                        new Written<>(Duration.class, WrittenValues::duration, "a length of time, such as PT8H or P7D"))
                .addDeserializer(
                        Instant.class,
                        new Written<>(Instant.class, Instant::parse, "a time in UTC, such as 2027-01-31T09:00:00Z"))
                .addDeserializer(
                        LocalDate.class, new Written<>(LocalDate.class, LocalDate::parse, "a date, such as 2027-01-31"))
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

    private static Duration duration(String text) {
        // A week is seven days wherever it is; months and years are not all of a length.
        return text.matches("P[0-9]{1,4}W")
                ? Duration.ofDays(7L * Integer.parseInt(text.substring(1, text.length() - 1)))
                : Duration.parse(text);
    }

    private static ZoneId zone(String text) {
        int slash = text.indexOf('/');
        boolean named = text.equals("UTC") || (slash > 0 && REGIONS.contains(text.substring(0, slash)));
        if (!named || !ZoneId.getAvailableZoneIds().contains(text)) {
            throw new DateTimeException("no region");
        }
        return ZoneId.of(text);
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
            throw InvalidFormatException.from(parser, "'" + text + "' is not " + what + ".", text, handledType());
        }
    }
}
