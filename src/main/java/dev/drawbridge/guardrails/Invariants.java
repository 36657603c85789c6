package dev.drawbridge.guardrails;

import dev.drawbridge.catalog.Entitlement;
import dev.drawbridge.catalog.RulesException;
import dev.drawbridge.publication.PublicationProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Holds the rules to what must never happen, {@code rules/invariants.yaml}: over all requests that could be sent, as far as the
 * rules can tell them apart. Takes time and threads; meant for whoever publishes rules, and not for a request.
 */
public final class Invariants {
    /** What one invariant is worth, shared by the entitlements of which it speaks: some seconds. */
    private static final long MOST_STEPS = 8_000_000;

    private final RuleSet rules;
    private final ImaginedFacts facts;
    private final RulebookItself rulebook;
    private final long mostSteps;

    private Invariants(RuleSet rules, long mostSteps) {
        this.rules = rules;
        this.facts = new ImaginedFacts(rules);
        this.rulebook = new RulebookItself(facts);
        this.mostSteps = mostSteps;
    }

    /**
     * What came of it.
     *
     * @param problems what in the file cannot be read, and what does not hold, each with a request that shows it
     * @param proofs sentences: what holds, and of how many combinations that is known
     * @param checked each invariant of the file, in its order; those before one that cannot be read
     */
    public record Report(List<PublicationProblem> problems, List<String> proofs, List<Checked> checked) {
        public Report {
            problems = List.copyOf(problems);
            proofs = List.copyOf(proofs);
            checked = List.copyOf(checked);
        }

        /** The problems, each as a sentence with its file and line. */
        List<String> told() {
            return problems.stream().map(PublicationProblem::told).toList();
        }
    }

    /**
     * One invariant, looked at.
     *
     * @param name in the owner's words
     * @param problem what does not hold, with file and line, and why; empty: nothing was found
     * @param counterexample a request that shows that it does not hold; none: there is none among those looked at
     * @param combinations of how many combinations of classes it is known
     * @param all whether that is all of them, so that it is proven
     */
    public record Checked(
            String name, String problem, @Nullable ImaginedRequest counterexample, long combinations, boolean all) {}

    /** Nothing where there is no such file. */
    public static Report check(RuleSet rules) {
        return check(rules, MOST_STEPS);
    }

    static Report check(RuleSet rules, long mostSteps) {
        return new Invariants(rules, mostSteps).run();
    }

    private Report run() {
        List<PublicationProblem> problems = new ArrayList<>();
        List<String> proofs = new ArrayList<>();
        List<Checked> all = new ArrayList<>();
        try {
            RuleWords words = RuleWords.of(rules.catalog(), rules.levels(), rules.tickets());
            for (Invariant invariant : new InvariantsFile(rules.files(), words).read()) {
                Found found = check(invariant);
                found.violation().map(one -> problem(invariant, one)).ifPresent(problems::add);
                if (found.violation().isEmpty()) {
                    proofs.add(Counting.proof("'" + invariant.name() + "'", found.covered()));
                }
                all.add(new Checked(
                        invariant.name(),
                        found.violation()
                                .map(one -> problem(invariant, one).told())
                                .orElse(""),
                        found.violation().map(Violation::request).orElse(null),
                        Counting.covered(found.covered()),
                        found.violation().isEmpty() && Counting.isAll(found.covered())));
            }
        } catch (RulesException wrong) {
            problems.add(wrong.problem());
        }
        return new Report(problems, proofs, all);
    }

    private record Violation(ImaginedRequest request, Verdict verdict) {}

    private record Found(Optional<Violation> violation, List<Walk.Covered> covered) {}

    private Found check(Invariant invariant) {
        List<Entitlement> spokenOf = rules.catalog().all().stream()
                .filter(wanted -> new Foreknown(wanted).mayHold(invariant.when()))
                .toList();
        List<Found> each = spokenOf.parallelStream()
                .map(wanted -> check(invariant, wanted, mostSteps / spokenOf.size()))
                .toList();
        return new Found(
                each.stream().flatMap(found -> found.violation().stream()).findFirst(),
                each.stream().flatMap(found -> found.covered().stream()).toList());
    }

    private Found check(Invariant invariant, Entitlement wanted, long steps) {
        Side rulesAlone = Side.of(facts, wanted, invariant.demand().effects());
        Side side = rulesAlone.and(invariant.conditions());
        AgainstDemand question =
                new AgainstDemand(invariant.demand(), rulesAlone.sources().size(), new Weighing(side));
        Space space = new Space(List.of(side), Leaves.facts(invariant.when()));
        Walk.Covered covered = new Walk(space, question, steps).go();
        Optional<ImaginedRequest> found = question.found().or(() -> rulebook.anyAgainst(invariant, space));
        if (found.isPresent() && question.found().isEmpty() && covered.covered() == covered.all()) {
            throw new IllegalStateException("The rulebook says other than was worked out of " + found.get());
        }
        return new Found(found.map(request -> confirmed(invariant, request)), List.of(covered));
    }

    /** Looked at once more, by the rulebook that judges requests. */
    private Violation confirmed(Invariant invariant, ImaginedRequest request) {
        Verdict verdict = rulebook.judge(request);
        if (facts.refuses(request) || invariant.demand().isMetBy(verdict)) {
            throw new IllegalStateException("The rulebook does not say what was worked out of " + request);
        }
        return new Violation(request, verdict);
    }

    private PublicationProblem problem(Invariant invariant, Violation violation) {
        Set<String> fired = new TreeSet<>();
        violation.verdict().findings().forEach(finding -> fired.add(RuleFindings.fileOf(finding.rule())));
        return rules.files()
                .wrong(
                        InvariantsFile.FILE,
                        "'" + invariant.name() + "' does not hold. "
                                + violation.request().told() + ": this "
                                + Outcome.of(violation.verdict()).told() + ", by " + String.join(", ", fired) + ".",
                        "invariants",
                        invariant.position())
                .problem();
    }
}
