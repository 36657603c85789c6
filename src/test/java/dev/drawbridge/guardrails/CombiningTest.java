package dev.drawbridge.guardrails;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.guardrails.Finding.Effect;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The combining rule, held against every mixture of findings. */
class CombiningTest {
    @Provide
    Arbitrary<List<Finding>> findings() {
        Arbitrary<Finding> finding = Combinators.combine(
                        Arbitraries.of(Effect.class), Arbitraries.integers().between(1, 9))
                .as((effect, number) ->
                        new Finding("rule/" + number, effect, "Rule " + number + ".", value(effect, number)));
        return finding.list().ofMaxSize(8);
    }

    private static String value(Effect effect, int number) {
        return switch (effect) {
            case LIMIT -> "PT" + number + "H";
            case REQUIRE_APPROVAL -> "level" + number;
            case OBLIGE -> "obligation" + number;
            default -> null;
        };
    }

    private static Verdict verdict(List<Finding> findings) {
        return Combining.verdict(
                findings,
                java.time.Duration.ZERO,
                "rulebook",
                names -> names.stream()
                        .sorted()
                        .map(name -> new Level(
                                name,
                                List.of("group"),
                                List.of(),
                                1,
                                Duration.ofHours(1),
                                null,
                                null,
                                List.of(),
                                null,
                                null))
                        .toList());
    }

    private static boolean any(List<Finding> findings, Effect... effects) {
        return findings.stream().anyMatch(finding -> List.of(effects).contains(finding.effect()));
    }

    @Property
    void deniesWheneverOneRuleDeniesOrFails(@ForAll("findings") List<Finding> findings) {
        if (any(findings, Effect.DENY, Effect.FAILED)) {
            assertThat(verdict(findings)).isInstanceOf(Verdict.Denied.class);
        }
    }

    @Property
    void allowsOnlyWhatARuleAllowsAndNoneObjectsTo(@ForAll("findings") List<Finding> findings) {
        boolean allowed =
                any(findings, Effect.ALLOW) && !any(findings, Effect.DENY, Effect.FAILED, Effect.REQUIRE_APPROVAL);
        assertThat(verdict(findings) instanceof Verdict.Allowed).isEqualTo(allowed);
    }

    @Property
    void neverLeavesOutALevelThatARuleRequires(@ForAll("findings") List<Finding> findings) {
        if (verdict(findings) instanceof Verdict.NeedsApproval needed) {
            assertThat(needed.levels().stream().map(Level::name).toList())
                    .containsAll(findings.stream()
                            .filter(finding -> finding.effect() == Effect.REQUIRE_APPROVAL)
                            .map(Finding::value)
                            .toList())
                    .isNotEmpty();
        }
    }

    @Property
    void takesTheShortestLimit(@ForAll("findings") List<Finding> findings) {
        Duration shortest = findings.stream()
                .filter(finding -> finding.effect() == Effect.LIMIT)
                .map(finding -> Duration.parse(finding.value()))
                .min(Duration::compareTo)
                .orElse(null);
        Verdict verdict = verdict(findings);
        if (!(verdict instanceof Verdict.Denied)) {
            assertThat(Verdicts.limit(verdict)).isEqualTo(shortest);
        }
    }

    @Property
    void addingARuleNeverWidensTheVerdictExceptByAllowing(
            @ForAll("findings") List<Finding> findings, @ForAll("findings") List<Finding> more) {
        List<Finding> objections = more.stream()
                .filter(finding -> finding.effect() != Effect.ALLOW && finding.effect() != Effect.REQUIRE_APPROVAL)
                .toList();
        List<Finding> all = new java.util.ArrayList<>(findings);
        all.addAll(objections);
        assertThat(VerdictOutcome.of(verdict(all))).isGreaterThanOrEqualTo(VerdictOutcome.of(verdict(findings)));
    }

    @Example
    void deniesMoreTimeWhereTheLimitIsReached() {
        List<Finding> findings = List.of(
                new Finding("a", Effect.ALLOW, "Fine.", null), new Finding("b", Effect.LIMIT, "An hour.", "PT1H"));

        assertThat(Combining.verdict(findings, Duration.ofMinutes(59), "rulebook", names -> List.of()))
                .isInstanceOf(Verdict.Allowed.class);
        assertThat(Combining.verdict(findings, Duration.ofHours(1), "rulebook", names -> List.of()))
                .isInstanceOf(Verdict.Denied.class);
    }

    @Property
    void deniesWhereNobodyCouldApprove(@ForAll("findings") List<Finding> findings) {
        Verdict verdict = Combining.verdict(findings, java.time.Duration.ZERO, "rulebook", names -> {
            throw new Combining.NobodyCanApprove("Nobody could approve this.");
        });
        assertThat(verdict).isNotInstanceOf(Verdict.NeedsApproval.class);
        if (any(findings, Effect.REQUIRE_APPROVAL)) {
            assertThat(verdict).isInstanceOf(Verdict.Denied.class);
        }
    }
}
