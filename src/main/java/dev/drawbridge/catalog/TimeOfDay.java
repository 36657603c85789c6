package dev.drawbridge.catalog;

import java.time.DateTimeException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A time that a clock on the wall shows, in seconds since midnight; 24:00 is one. */
record TimeOfDay(int second) {
    static final int DAY = 24 * 60 * 60;

    private static final Pattern WRITTEN = Pattern.compile("([0-9]{1,2}):([0-5][0-9])(?::([0-5][0-9]))?");

    /** Reads {@code 8:00}, {@code 08:00} and {@code 08:00:30}; nothing before 00:00 or beyond 24:00. */
    static TimeOfDay parse(String text) {
        Matcher written = WRITTEN.matcher(text);
        if (!written.matches()) {
            throw new DateTimeException("no time of day");
        }
        int second = Integer.parseInt(written.group(1)) * 3600
                + Integer.parseInt(written.group(2)) * 60
                + (written.group(3) == null ? 0 : Integer.parseInt(written.group(3)));
        if (second > DAY) {
            throw new DateTimeException("beyond the day");
        }
        return new TimeOfDay(second);
    }
}
