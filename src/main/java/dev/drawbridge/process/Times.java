package dev.drawbridge.process;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the times that a process may name, as strictly as the code that later computes with them. */
final class Times {
    private static final int SECONDS_OF_A_MINUTE = 60;

    private static final Pattern DURATION = Pattern.compile(
            "P(?=[0-9T])((?<years>[0-9]{1,2})Y)?((?<months>[0-9]{1,3})M)?"
                    + "((?<days>[0-9]{1,4})D)?(T(?=[0-9])((?<hours>[0-9]{1,5})H)?((?<minutes>[0-9]{1,6})M)?((?<seconds>[0-9]{1,8})S)?)?");

    private Times() {}

    static boolean isDuration(String text) {
        return DURATION.matcher(text).matches();
    }

    /** A cycle that repeats at once, or nearly, would keep the computation going for ever. */
    static boolean isPeriod(String text) {
        Matcher duration = DURATION.matcher(text);
        return duration.matches()
                && (number(duration, "years") + number(duration, "months") + number(duration, "days") > 0
                        || number(duration, "hours") + number(duration, "minutes") > 0
                        || number(duration, "seconds") >= SECONDS_OF_A_MINUTE);
    }

    private static long number(Matcher duration, String unit) {
        String digits = duration.group(unit);
        return digits == null ? 0 : Long.parseLong(digits);
    }

    static boolean isMoment(String text) {
        try {
            if (!text.contains("T")) {
                LocalDate.parse(text);
            } else if (text.matches(".*T.*[Z+-].*")) {
                OffsetDateTime.parse(text);
            } else {
                LocalDateTime.parse(text);
            }
            return true;
        } catch (DateTimeException unreadable) {
            return false;
        }
    }
}
