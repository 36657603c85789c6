package dev.drawbridge.console;

import dev.drawbridge.audit.AuditQuestions;
import dev.drawbridge.catalog.WallClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who held what when, as bars beside one another, a row for each person and thing.
 *
 * @param from the moment at its left
 * @param to the moment at its right
 */
record Timeline(String from, String to, List<Row> rows) {
    /** What one person held of one thing. */
    public record Row(String who, String what, List<Bar> bars) {}

    /** One access; where it begins, and how wide it is, in hundredths of the whole. */
    public record Bar(@Nullable UUID request, String left, String width, boolean lasting, String words) {}

    /** None where nothing in it lasts. */
    static @Nullable Timeline of(List<AuditQuestions.Line> lines, WallClock clock) {
        List<AuditQuestions.Line> lasting = lines.stream()
                .filter(line -> line.lasting() || line.until() != null)
                .toList();
        if (lasting.isEmpty()) {
            return null;
        }
        Instant from = lasting.stream()
                .map(AuditQuestions.Line::at)
                .min(Instant::compareTo)
                .orElseThrow();
        Instant to = lasting.stream()
                .map(line -> end(line, clock))
                .max(Instant::compareTo)
                .orElseThrow();
        Map<String, Row> rows = new LinkedHashMap<>();
        for (AuditQuestions.Line line : lasting) {
            String who = Objects.requireNonNullElse(line.personName(), "");
            String what = Objects.requireNonNullElse(line.entitlement(), "");
            rows.computeIfAbsent(who + "\n" + what, same -> new Row(who, what, new ArrayList<>()))
                    .bars()
                    .add(bar(line, from, to, clock));
        }
        return new Timeline(clock.moment(from), clock.moment(to), List.copyOf(rows.values()));
    }

    private static Instant end(AuditQuestions.Line line, WallClock clock) {
        Instant until = line.until();
        return until == null ? clock.now() : until;
    }

    private static Bar bar(AuditQuestions.Line line, Instant from, Instant to, WallClock clock) {
        double whole = Math.max(1, Duration.between(from, to).toMillis());
        double left = Duration.between(from, line.at()).toMillis() / whole * 100;
        double width = Math.max(0, Duration.between(line.at(), end(line, clock)).toMillis()) / whole * 100;
        return new Bar(
                line.request(),
                hundredths(Math.min(left, 99)),
                hundredths(Math.max(1, width)),
                line.lasting(),
                line.sentence());
    }

    private static String hundredths(double part) {
        return String.format(Locale.ROOT, "%.2f%%", part);
    }
}
