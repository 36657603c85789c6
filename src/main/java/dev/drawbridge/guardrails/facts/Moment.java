package dev.drawbridge.guardrails.facts;

import dev.drawbridge.catalog.TimesOfDay;
import java.time.DayOfWeek;
import java.time.LocalTime;

/**
 * The moment for which access is asked, by the calendar's clock.
 *
 * @param changeFreeze whether changes to what is wanted are frozen
 * @param maintenanceWindow whether what is wanted is in a window for maintenance
 * @param weekend whether the calendar counts the day to the weekend
 */
public record Moment(
        boolean officeHours,
        boolean holiday,
        boolean changeFreeze,
        boolean maintenanceWindow,
        boolean weekend,
        DayOfWeek dayOfWeek,
        LocalTime time) {
    public boolean isOfficeHours() {
        return officeHours;
    }

    public boolean isHoliday() {
        return holiday;
    }

    public boolean isChangeFreeze() {
        return changeFreeze;
    }

    public boolean isMaintenanceWindow() {
        return maintenanceWindow;
    }

    public boolean isWeekend() {
        return weekend;
    }

    public DayOfWeek getDayOfWeek() {
        return dayOfWeek;
    }

    /** Whether the clock on the wall shows one of these times, such as {@code 22:00-06:00}; the last is not one of them. */
    public boolean between(String times) {
        return TimesOfDay.parse(times).hold(time);
    }
}
