package dev.drawbridge.request;

import dev.drawbridge.catalog.WallClock;
import dev.drawbridge.platform.PlainText;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The one place that words where a request is, how it ended, and how many have to agree: what a person reads, never a code. */
public final class InWords {
    private static final List<String> NUMBERS =
            List.of("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten");

    private InWords() {}

    /** What a badge says, and what it should feel like: each has a sign of its own beside its colour. */
    public record Badge(String words, Tone tone) {
        /** How the pages name it. */
        public String style() {
            return tone.name().toLowerCase(Locale.ROOT);
        }
    }

    /** What something is like for the reader. */
    public enum Tone {
        /** There, and as it should be. */
        GOOD,
        /** Waits for somebody. */
        WAITING,
        /** Is about to change by itself. */
        MOVING,
        /** Did not come to what was wanted. */
        AGAINST,
        /** Over, as it was to be. */
        OVER
    }

    /** Of what is cleared, but waits for what people are to do for it. */
    public static final Badge WAITING = new Badge("waiting", Tone.WAITING);

    /** Of what waits until people have done something: {@code waits for: Inform data protection}. */
    public static Badge waitsFor(String task) {
        return new Badge("waits for: " + PlainText.shown(task), Tone.WAITING);
    }

    /** A request's state, {@code waiting for approval}; where it has ended, how. */
    public static Badge badge(String state, @Nullable String outcome) {
        return switch (state) {
            case "PENDING_APPROVAL" -> new Badge("waiting for approval", Tone.WAITING);
            case "SCHEDULED" -> new Badge("starts later", Tone.WAITING);
            case "PROVISIONING" -> new Badge("being set up", Tone.MOVING);
            case "ACTIVE" -> new Badge("active", Tone.GOOD);
            case "REVOKING" -> new Badge("being ended", Tone.MOVING);
            default -> ended(outcome == null ? "" : outcome);
        };
    }

    private static Badge ended(String outcome) {
        return switch (outcome) {
            case "DENIED" -> new Badge("refused by a rule", Tone.AGAINST);
            case "REJECTED" -> new Badge("not approved", Tone.AGAINST);
            case "TIMED_OUT" -> new Badge("not answered in time", Tone.AGAINST);
            case "REVOKED" -> new Badge("revoked", Tone.AGAINST);
            case "FAILED" -> new Badge("failed", Tone.AGAINST);
            case "WITHDRAWN" -> new Badge("withdrawn", Tone.OVER);
            case "RETURNED" -> new Badge("handed back", Tone.OVER);
            case "EXPIRED" -> new Badge("time over", Tone.OVER);
            case "EXTENDED" -> new Badge("more time given", Tone.GOOD);
            default -> new Badge("over", Tone.OVER);
        };
    }

    /** A small number as people say it, {@code two}; a larger one in digits. */
    public static String number(int number) {
        return number >= 0 && number < NUMBERS.size() ? NUMBERS.get(number) : Integer.toString(number);
    }

    /** {@code two accesses}, {@code one access}. */
    public static String counted(int number, String one, String many) {
        return number(number) + " " + (number == 1 ? one : many);
    }

    /** A length of time, {@code two hours}; {@code 1 hour 30 minutes} where one unit does not say it. */
    public static String length(Duration length) {
        String spoken = WallClock.spoken(length);
        String[] words = spoken.split(" ");
        return words.length == 2 ? number(Integer.parseInt(words[0])) + " " + words[1] : spoken;
    }

    /** What the people who wrote the rules call a level, {@code two owners}. */
    public static String level(String name) {
        return name.replace('-', ' ');
    }

    /** How many of whom: {@code two of the Owners of orders}; the people alone where one is enough. */
    public static String quorum(int quorum, String whom) {
        return quorum == 1 ? whom : number(quorum) + " of " + whom;
    }
}
