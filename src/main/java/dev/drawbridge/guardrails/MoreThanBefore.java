package dev.drawbridge.guardrails;

import dev.drawbridge.guardrails.NewlyAllowed.Change;
import java.time.Duration;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Collects what is allowed that was not allowed before, by what was and what is. */
final class MoreThanBefore implements Walk.Question {
    private final Weighing now;
    private final Optional<Weighing> before;
    private final Different different;
    private final Map<String, Change> changes = new LinkedHashMap<>();

    /** None before: it could not be asked for at all. */
    MoreThanBefore(Weighing now, Optional<Weighing> before, Different different) {
        this.now = now;
        this.before = before;
        this.different = different;
    }

    List<Change> changes() {
        return List.copyOf(changes.values());
    }

    @Override
    public boolean isSettled(List<BitSet> fired, List<BitSet> known) {
        return different.isOfNoMatter(fired, known) || now.atMost(rules(fired)) instanceof Verdict.Denied;
    }

    @Override
    public boolean look(List<BitSet> fired, Walk.Combination combination) {
        ImaginedRequest request = combination.request();
        Verdict then = before.filter(some -> !combination.refusedBefore())
                .map(weighing -> weighing.verdict(fired.get(1)))
                .orElse(null);
        change(then, now.verdict(rules(fired)), request.words().duration())
                .ifPresent(change -> changes.merge(
                        change,
                        new Change(request.entitlement(), change, request, 1),
                        (one, other) -> new Change(one.entitlement(), change, one.example(), one.combinations() + 1)));
        return true;
    }

    /** Those that say something. */
    private BitSet rules(List<BitSet> fired) {
        return fired.get(0).get(0, now.size());
    }

    /** How the verdict of now allows more than the one before, if it does; none before: it could not be asked for. */
    static Optional<String> change(@Nullable Verdict then, Verdict verdict, Duration asked) {
        Outcome outcome = Outcome.of(verdict);
        if (!outcome.isGiven()) {
            return Optional.empty();
        }
        Outcome was = then == null ? null : Outcome.of(then);
        if (was == null || !was.isGiven()) {
            return Optional.of((was == null ? "could not be asked for" : "was refused") + ", and " + outcome.told());
        }
        boolean fewer = Level.uncovered(was.levels(), outcome.levels()).isPresent();
        boolean longer = outcome.length(asked).compareTo(was.length(asked)) > 0;
        boolean freer = !outcome.obligations().containsAll(was.obligations());
        return fewer || longer || freer
                ? Optional.of(was.told()
                                .replaceFirst("^is ", "was ")
                                .replace(" have agreed", " had agreed")
                                .replace(" has agreed", " had agreed")
                        + ", and " + outcome.told())
                : Optional.empty();
    }
}
