package dev.drawbridge.catalog;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * What a ticket number looks like, in a language of its own: a regular expression could be written so that one text keeps the
 * server busy for ever. Here the work is bounded by the length of the text times that of the pattern, whatever they hold.
 */
final class TicketPattern {
    private static final int LONGEST = 60;
    private static final int MOST_DIGITS = 20;

    private final List<Part> parts;

    /** A run of characters, {@code least} to {@code most} of them; the first may have to be of another sort. */
    private record Part(IntPredicate first, IntPredicate others, int least, int most) {
        static Part of(IntPredicate all, int least, int most) {
            return new Part(all, all, least, most);
        }
    }

    private TicketPattern(List<Part> parts) {
        this.parts = parts;
    }

    static String words() {
        return "{number}, {7 digits}, {project}, {name}";
    }

    /** Reads a pattern; none where it holds anything but what is known. */
    static Optional<TicketPattern> parse(String text) {
        if (text.isEmpty() || text.length() > LONGEST) {
            return Optional.empty();
        }
        List<Part> parts = new ArrayList<>();
        for (int at = 0; at < text.length(); at++) {
            char here = text.charAt(at);
            int end = text.indexOf('}', at);
            Optional<Part> part = here == '{'
                    ? end < 0 ? Optional.empty() : word(text.substring(at + 1, end))
                    : isLetter(here) || isDigit(here) || "#-_/.:".indexOf(here) >= 0
                            ? Optional.of(Part.of(isSame(here), 1, 1))
                            : Optional.empty();
            if (part.isEmpty()) {
                return Optional.empty();
            }
            parts.add(part.get());
            at = here == '{' ? end : at;
        }
        return Optional.of(new TicketPattern(parts));
    }

    private static Optional<Part> word(String word) {
        return switch (word) {
            case "number" -> Optional.of(Part.of(TicketPattern::isDigit, 1, 12));
            case "project" ->
                Optional.of(
                        new Part(TicketPattern::isLetter, one -> isLetter(one) || isDigit(one) || one == '_', 1, 20));
            case "name" ->
                Optional.of(Part.of(one -> isLetter(one) || isDigit(one) || "-_.".indexOf(one) >= 0, 1, 100));
            default ->
                word.matches("[1-9][0-9]? digits?")
                        ? digits(Integer.parseInt(word.replaceAll("[^0-9]", "")))
                        : Optional.empty();
        };
    }

    private static Optional<Part> digits(int number) {
        return number > MOST_DIGITS ? Optional.empty() : Optional.of(Part.of(TicketPattern::isDigit, number, number));
    }

    /** Whether the whole text looks like this. */
    boolean fits(String text) {
        BitSet reached = new BitSet();
        reached.set(0);
        for (Part part : parts) {
            BitSet next = new BitSet();
            for (int from = reached.nextSetBit(0); from >= 0; from = reached.nextSetBit(from + 1)) {
                int to = from;
                while (to < text.length()
                        && to - from < part.most()
                        && (to == from ? part.first() : part.others()).test(text.charAt(to))) {
                    to++;
                    if (to - from >= part.least()) {
                        next.set(to);
                    }
                }
            }
            reached = next;
        }
        return reached.get(text.length());
    }

    private static IntPredicate isSame(char known) {
        String small = String.valueOf(known).toLowerCase(Locale.ROOT);
        String capital = small.toUpperCase(Locale.ROOT);
        return one -> one == small.charAt(0) || one == capital.charAt(0);
    }

    private static boolean isLetter(int one) {
        return one >= 'a' && one <= 'z' || one >= 'A' && one <= 'Z';
    }

    private static boolean isDigit(int one) {
        return one >= '0' && one <= '9';
    }
}
