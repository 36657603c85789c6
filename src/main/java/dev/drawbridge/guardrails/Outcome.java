package dev.drawbridge.guardrails;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a verdict comes to, whichever rules have brought it about.
 *
 * @param isGiven whether access is given, at once or once the levels have agreed
 */
record Outcome(boolean isGiven, List<Level> levels, Optional<Duration> limit, List<String> obligations) {
    static Outcome of(Verdict verdict) {
        if (verdict instanceof Verdict.Allowed allowed) {
            return new Outcome(true, List.of(), Optional.ofNullable(allowed.limit()), allowed.obligations());
        }
        return verdict instanceof Verdict.NeedsApproval needs
                ? new Outcome(true, needs.levels(), Optional.ofNullable(needs.limit()), needs.obligations())
                : new Outcome(false, List.of(), Optional.empty(), List.of());
    }

    boolean within(Duration longest) {
        return limit.filter(most -> most.compareTo(longest) <= 0).isPresent();
    }

    /** How long access lasts that is asked for for so long. */
    Duration length(Duration asked) {
        return limit.filter(most -> most.compareTo(asked) < 0).orElse(asked);
    }

    /** As the end of a sentence that says of something what becomes of it. */
    String told() {
        if (!isGiven) {
            return "is refused";
        }
        return (levels.isEmpty() ? "is given automatically" : "is given once " + agreeing() + " agreed")
                + limit.map(most -> ", for " + most + " at most").orElse("")
                + (obligations.isEmpty() ? "" : ", with " + String.join(" and ", obligations));
    }

    private String agreeing() {
        return String.join(
                        " and ",
                        levels.stream()
                                .map(level -> level.quorum() + " of " + level.name())
                                .toList())
                + (levels.size() == 1 && levels.get(0).quorum() == 1 ? " has" : " have");
    }
}
