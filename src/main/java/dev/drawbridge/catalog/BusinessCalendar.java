package dev.drawbridge.catalog;

import com.fasterxml.jackson.core.type.TypeReference;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** When business is open: {@code rules/calendar.yaml}. */
@Component
public class BusinessCalendar {
    private final Content calendar;

    private record Hours(LocalTime from, LocalTime to) {}

    private record Freeze(Instant from, Instant to, String reason) {}

    private record Content(
            ZoneId zone, Map<DayOfWeek, Hours> officeHours, List<LocalDate> holidays, List<Freeze> changeFreezes) {}

    /** What the calendar says of one moment. */
    public record Moment(boolean officeHours, boolean holiday, boolean changeFreeze) {}

    public BusinessCalendar(RuleFiles files) {
        calendar = files.read("calendar.yaml", new TypeReference<Content>() {});
    }

    public Moment at(Instant instant) {
        ZonedDateTime local = instant.atZone(calendar.zone());
        boolean holiday = calendar.holidays().contains(local.toLocalDate());
        Hours hours = calendar.officeHours().get(local.getDayOfWeek());
        boolean open = hours != null
                && !holiday
                && !local.toLocalTime().isBefore(hours.from())
                && local.toLocalTime().isBefore(hours.to());
        boolean freeze = calendar.changeFreezes().stream()
                .anyMatch(frozen -> !instant.isBefore(frozen.from()) && instant.isBefore(frozen.to()));
        return new Moment(open, holiday, freeze);
    }
}
