package dev.drawbridge.audit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Lets what strangers and refused people do over and over fill no record that nobody may delete: the first is put on record
 * at once, further ones are counted, and their number follows once they have stopped for a while, or go on for long.
 */
final class Repetition {
    /** A series ends when nothing has been added for this long. */
    static final Duration QUIET = Duration.ofMinutes(10);

    private static final Duration LONGEST = Duration.ofHours(1);
    private static final int MOST_ADDRESSES = 5;
    private static final int MOST_OTHERS = 10;
    private static final int MOST_SERIES = 5_000;

    private final Clock clock;
    private final Map<Object, Series> open = new LinkedHashMap<>();

    Repetition(Clock clock) {
        this.clock = clock;
    }

    /**
     * What is told apart by {@code what}, and belongs to {@code whose}: of each there are {@code most} series at a time, and
     * what comes beyond is one series more.
     */
    record Kind(String whose, int most, Object what) {}

    private record Beyond(String whose) {}

    /**
     * How often something was repeated, until when, and from where if that is known.
     *
     * @param others what else was among it, where it was not the same thing each time: the latest
     */
    record Repeated(Entry first, int times, Instant until, Set<String> addresses, List<String> others) {
        Entry entry() {
            Map<String, Object> details = new LinkedHashMap<>(first.details());
            details.put("times", times);
            details.put("until", until.toString());
            details.put(Entry.MOMENTS, List.of(until));
            String from = "";
            if (!addresses.isEmpty()) {
                details.put("addresses", addresses);
                from = ", from " + String.join(", ", addresses);
            }
            String often = times == 1 ? "Once more" : times + " more times";
            String what = ": ";
            if (!others.isEmpty()) {
                // Nobody is said to have done one thing over and over who has done many.
                details.put("others", others);
                what = ", not the same each time; the last was “" + others.get(others.size() - 1) + "”, the first: ";
            }
            return new Entry(
                    first.actor(),
                    first.kind(),
                    first.requestId(),
                    often + " until " + until + from + what + first.sentence(),
                    details);
        }
    }

    private static final class Series {
        private final String whose;
        private final Entry first;
        private final Instant began;
        private final Set<String> addresses = new LinkedHashSet<>();
        private final Set<String> others = new LinkedHashSet<>();
        private Instant latest;
        private int more;

        Series(String whose, Entry first, Instant now) {
            this.whose = whose;
            this.first = first;
            this.began = now;
            this.latest = now;
        }

        void another(Entry entry) {
            more++;
            // The latest stays: nobody pushes what they really want out of sight with what they tried before it.
            if (!entry.sentence().equals(first.sentence()) || !entry.actor().equals(first.actor())) {
                String said = entry.sentence();
                others.remove(said);
                others.add(said);
                if (others.size() > MOST_OTHERS) {
                    others.remove(others.iterator().next());
                }
            }
        }

        boolean isOver(Instant now) {
            return !now.isBefore(latest.plus(QUIET)) || !now.isBefore(began.plus(LONGEST));
        }
    }

    /** Whether this is the first of a series, and belongs on record now; {@code address} may be empty. */
    synchronized boolean isFirst(Kind kind, Entry entry, String address) {
        Instant now = clock.instant();
        Object key = kind;
        if (!open.containsKey(key)
                && (open.size() >= MOST_SERIES
                        || open.values().stream()
                                        .filter(series -> series.whose.equals(kind.whose()))
                                        .count()
                                >= kind.most())) {
            key = new Beyond(open.size() >= MOST_SERIES ? "" : kind.whose());
        }
        Series series = open.get(key);
        boolean first = series == null;
        if (series == null) {
            series = new Series(key.equals(kind) ? kind.whose() : "", entry, now);
            open.put(key, series);
        } else {
            series.another(entry);
        }
        series.latest = now;
        if (!address.isEmpty() && series.addresses.size() < MOST_ADDRESSES) {
            series.addresses.add(address);
        }
        return first;
    }

    /** Those series that are over now, or all, and that were more than one; they are forgotten. */
    synchronized List<Repeated> over(boolean all) {
        Instant now = clock.instant();
        List<Repeated> over = new ArrayList<>();
        open.values().removeIf(series -> {
            boolean ends = all || series.isOver(now);
            if (ends && series.more > 0) {
                over.add(new Repeated(
                        series.first,
                        series.more,
                        series.latest,
                        Set.copyOf(series.addresses),
                        List.copyOf(series.others)));
            }
            return ends;
        });
        return over;
    }
}
