package dev.drawbridge.guardrails;

import dev.drawbridge.catalog.Entitlement;
import dev.drawbridge.guardrails.Finding.Effect;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What one set of rules allows that another did not: refused before and given now, with fewer people asked, for longer, or with
 * fewer obligations. Takes time and threads; meant for whoever publishes rules.
 */
public final class NewlyAllowed {
    /** Shared by the entitlements. */
    private static final long MOST_STEPS = 4_000_000;

    private static final Set<Effect> EFFECTS = EnumSet.complementOf(EnumSet.of(Effect.FAILED));

    private final ImaginedFacts before;
    private final ImaginedFacts now;

    private NewlyAllowed(RuleSet before, RuleSet now) {
        this.before = new ImaginedFacts(before);
        this.now = new ImaginedFacts(now);
    }

    /**
     * What came of it.
     *
     * @param changes one for each kind of change of an entitlement
     * @param combinations of how many combinations that is known
     * @param all whether these are all, so that nothing else is newly allowed
     * @param extent how much was looked at, in words
     */
    public record Report(List<Change> changes, long combinations, boolean all, String extent) {
        public Report {
            changes = List.copyOf(changes);
        }

        /** For people, a line each. */
        public List<String> told() {
            String nothing = all ? "Nothing new is allowed: " : "Nothing newly allowed was found: ";
            return changes.isEmpty()
                    ? List.of(nothing + extent + ".")
                    : Stream.concat(
                                    changes.stream().map(Change::told),
                                    Stream.of((all ? "Nothing else is newly allowed: " : "There may be more: ") + extent
                                            + "."))
                            .toList();
        }
    }

    /**
     * Requests of one kind that are newly allowed.
     *
     * @param change what was, and what is, as the end of a sentence about the entitlement
     * @param example one of them
     * @param combinations how many combinations of classes are like it
     */
    public record Change(String entitlement, String change, ImaginedRequest example, long combinations) {
        /** For people. */
        public String told() {
            return "Newly allowed: " + entitlement + " " + change + ". For example " + example.told() + ".";
        }
    }

    /** What {@code now} allows that {@code before} did not. */
    public static Report between(RuleSet before, RuleSet now) {
        return new NewlyAllowed(before, now).run();
    }

    private record Found(List<Change> changes, Walk.Covered covered) {}

    private Report run() {
        List<Entitlement> wanted = List.copyOf(now.rules().catalog().all());
        List<Found> each = wanted.parallelStream()
                .map(one -> compared(one, MOST_STEPS / wanted.size()))
                .toList();
        List<Walk.Covered> covered = each.stream().map(Found::covered).toList();
        boolean all = Counting.isAll(covered);
        return new Report(
                each.stream().flatMap(found -> found.changes().stream()).toList(),
                Counting.covered(covered),
                all,
                all
                        ? "checked " + Counting.number(Counting.covered(covered)) + " combinations, all of them"
                        : "checked " + Counting.looked(covered));
    }

    private Found compared(Entitlement wanted, long steps) {
        List<Side> sides = new ArrayList<>(List.of(Side.of(now, wanted, EFFECTS)));
        before.rules().catalog().find(wanted.id()).ifPresent(then -> sides.add(Side.of(before, then, EFFECTS)));
        Weighing weighing = new Weighing(sides.get(0));
        Optional<Weighing> weighingBefore =
                sides.size() > 1 ? Optional.of(new Weighing(sides.get(1))) : Optional.empty();
        Different different = sides.size() > 1 ? Different.of(sides.get(0), sides.get(1)) : Different.ALL;
        // Whether it is given for longer shows where it is asked for for longer.
        sides.set(0, sides.get(0).and(lengths(sides)));
        Space space = new Space(sides, different.facts());
        MoreThanBefore question =
                new MoreThanBefore(weighing, weighingBefore, space.looksTheSame() ? different : Different.ALL);
        Walk.Covered covered = new Walk(space, question, steps).go();
        question.changes().forEach(change -> confirm(change.example()));
        return new Found(question.changes(), covered);
    }

    private static List<RuleFindings.Source> lengths(List<Side> sides) {
        return sides.stream()
                .flatMap(side -> side.sources().stream())
                .flatMap(source -> source.rule().then().stream())
                .filter(consequence -> consequence.effect() == Effect.LIMIT)
                .flatMap(consequence -> Stream.ofNullable(consequence.value()))
                .distinct()
                .map(limit -> InvariantsFile.longerThan(Duration.parse(limit)))
                .map(longer -> new RuleFindings.Source("length", new Rule("length", List.of(longer), List.of())))
                .toList();
    }

    /** Looked at once more, by the rulebooks that judge requests. */
    private void confirm(ImaginedRequest request) {
        Verdict verdict = new RulebookItself(now).judge(request);
        Optional<Verdict> then =
                before.refuses(request) ? Optional.empty() : Optional.of(new RulebookItself(before).judge(request));
        if (now.refuses(request)
                || MoreThanBefore.change(
                                then.orElse(null), verdict, request.words().duration())
                        .isEmpty()) {
            throw new IllegalStateException("The rulebooks do not say what was worked out of " + request);
        }
    }
}
