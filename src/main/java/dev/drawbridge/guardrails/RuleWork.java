package dev.drawbridge.guardrails;

import dev.drawbridge.guardrails.Vocabulary.Fact;
import java.util.Collection;
import java.util.List;

/**
 * How much work a condition is.
 *
 * @param ways in which it can hold; the compiler makes a rule of its own for each way through the {@code or}s
 * @param parts how many facts and comparisons there are in it
 * @param held how many of the facts are access that the requester holds, of which there may be many at once
 * @param others how many are entitlements that others hold, likewise
 */
record RuleWork(long ways, int parts, int held, int others) {
    /** More than any bound, and far from what a number holds. */
    private static final long UNBOUNDED = 1_000_000_000;

    static RuleWork of(List<Clause> condition) {
        return new RuleWork(
                ways(condition),
                condition.stream().mapToInt(RuleWork::parts).sum(),
                condition.stream().mapToInt(clause -> many(Fact.HELD, clause)).sum(),
                condition.stream()
                        .mapToInt(clause -> many(Fact.HELD_BY_OTHERS, clause))
                        .sum());
    }

    /** For the compiler. */
    long toCompile() {
        return bounded(ways * parts);
    }

    /** At most so many combinations of facts are looked at, where this much access is held, by the requester and by others. */
    long toJudge(long byRequester, long byOthers) {
        long combinations = ways;
        for (int times = 0; times < held; times++) {
            combinations = bounded(combinations * Math.max(1, byRequester));
        }
        for (int times = 0; times < others; times++) {
            combinations = bounded(combinations * Math.max(1, byOthers));
        }
        return combinations;
    }

    private static long ways(Collection<Clause> parts) {
        return parts.stream().mapToLong(RuleWork::ways).reduce(1, (one, other) -> bounded(one * other));
    }

    private static long ways(Clause clause) {
        if (clause instanceof Clause.Any any) {
            return bounded(any.parts().stream().mapToLong(RuleWork::ways).sum());
        }
        if (clause instanceof Clause.All all) {
            return ways(all.parts());
        }
        if (clause instanceof Clause.Not not) {
            return ways(not.inner());
        }
        return clause instanceof Clause.Exists exists ? ways(exists.inner()) : 1;
    }

    private static int many(Fact fact, Clause clause) {
        if (clause instanceof Clause.Pattern pattern) {
            return pattern.fact() == fact ? 1 : 0;
        }
        return inner(clause).stream().mapToInt(inner -> many(fact, inner)).sum();
    }

    private static int parts(Clause clause) {
        if (clause instanceof Clause.Pattern pattern) {
            return 1 + pattern.constraints().stream().mapToInt(RuleWork::parts).sum();
        }
        return inner(clause).stream().mapToInt(RuleWork::parts).sum();
    }

    static List<Clause> inner(Clause clause) {
        if (clause instanceof Clause.Not not) {
            return List.of(not.inner());
        }
        if (clause instanceof Clause.Exists exists) {
            return List.of(exists.inner());
        }
        return clause instanceof Clause.All all ? all.parts() : ((Clause.Any) clause).parts();
    }

    private static int parts(Constraint constraint) {
        if (constraint instanceof Constraint.Not not) {
            return parts(not.inner());
        }
        if (constraint instanceof Constraint.All all) {
            return all.parts().stream().mapToInt(RuleWork::parts).sum();
        }
        if (constraint instanceof Constraint.Any any) {
            return any.parts().stream().mapToInt(RuleWork::parts).sum();
        }
        return constraint instanceof Constraint.Among among ? among.values().size() : 1;
    }

    private static long bounded(long number) {
        return Math.min(number, UNBOUNDED);
    }
}
