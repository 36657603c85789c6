package dev.drawbridge.guardrails;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.catalog.RuleFiles;
import dev.drawbridge.guardrails.facts.Asked;
import dev.drawbridge.guardrails.facts.History;
import dev.drawbridge.guardrails.facts.Requester;
import dev.drawbridge.guardrails.facts.SignedIn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/** The least that a requester would have to do otherwise. */
class WhatIfTest {
    private static final RuleSet OURS = RuleSet.of(new RuleFiles(Path.of("rules")));

    @TempDir
    Path folder;

    private static List<String> automatic(String entitlement, String duration, Instant when) {
        return WhatIf.automatic(OURS, AnyFacts.ordinary(OURS, entitlement, duration, when));
    }

    private static SeenFacts ordersWrite(Instant when) {
        return AnyFacts.ordinary(OURS, "orders-write", "PT30M", when);
    }

    /** Our rules, and one more. */
    private RuleSet with(String name, String condition, String effect) throws IOException {
        FileSystemUtils.copyRecursively(Path.of("rules"), folder);
        Files.writeString(
                folder.resolve("more.drl"),
                "rule \"" + name + "\"\nwhen\n    " + condition + "\nthen\n    guardrail." + effect + ";\nend\n");
        return RuleSet.of(new RuleFiles(folder));
    }

    @Test
    void isTheLongestTimeThatWouldBeGivenByItself() {
        assertThat(automatic("app-logs-read", "PT3H", AnyFacts.TUESDAY_NIGHT)).containsExactly("for one hour or less");
        assertThat(automatic("orders-read", "PT3H", AnyFacts.TUESDAY_MORNING)).containsExactly("for one hour or less");
    }

    @Test
    void isAnotherMomentOfASortThatTheRulesSpeakOf() {
        assertThat(automatic("orders-read", "PT30M", AnyFacts.TUESDAY_NIGHT)).containsExactly("in office hours");
    }

    @Test
    void isTwoThingsWhereOneDoesNotDo() {
        assertThat(automatic("orders-read", "PT3H", AnyFacts.TUESDAY_NIGHT))
                .containsExactly("for one hour or less and in office hours");
    }

    @Test
    void isTheSameThingMaskedWhereThatWouldBeGivenByItself() {
        assertThat(automatic("orders-read-unmasked", "PT30M", AnyFacts.TUESDAY_MORNING))
                .containsExactly("with personal columns masked (Orders, masked)");
        assertThat(automatic("orders-read-unmasked", "PT3H", AnyFacts.TUESDAY_MORNING))
                .containsExactly("with personal columns masked (Orders, masked) and for one hour or less");
    }

    @Test
    void isNothingWhereNothingHelps() {
        assertThat(automatic("orders-admin", "PT30M", AnyFacts.TUESDAY_MORNING)).isEmpty();
        SeenFacts ten = AnyFacts.ordinary(OURS, "app-logs-read", "PT30M", AnyFacts.TUESDAY_MORNING);
        assertThat(WhatIf.automatic(OURS, with(ten, new History(10)))).isEmpty();
    }

    private static SeenFacts with(SeenFacts facts, History history) {
        return new SeenFacts(
                facts.when(),
                facts.already(),
                facts.asked(),
                facts.wanted(),
                facts.requester(),
                facts.signedIn(),
                facts.moment(),
                history,
                facts.holdings(),
                facts.held(),
                facts.heldByOthers(),
                facts.belonging(),
                facts.limits());
    }

    @Test
    void isNothingWhereTheRulesHaveNothingAgainstIt() {
        assertThat(automatic("app-logs-read", "PT30M", AnyFacts.TUESDAY_NIGHT)).isEmpty();
        SeenFacts asksPeople = AnyFacts.ordinary(OURS, "orders-read", "PT3H", AnyFacts.TUESDAY_MORNING);
        assertThat(WhatIf.possible(OURS, asksPeople))
                .as("though nobody may be there who could agree")
                .isEmpty();
    }

    @Test
    void saysWhatWouldMakeItPossibleAtAll() {
        assertThat(WhatIf.possible(OURS, ordersWrite(AnyFacts.TUESDAY_MORNING))).containsExactly("with a ticket");
        assertThat(WhatIf.possible(OURS, ordersWrite(Instant.parse("2026-12-29T10:00:00Z"))))
                .containsExactly("once the change freeze is over and with a ticket");
        SeenFacts stale = AnyFacts.ordinary(OURS, "orders-read", "PT30M", AnyFacts.TUESDAY_MORNING);
        assertThat(WhatIf.possible(OURS, stale.signedIn(new SignedIn("form", false, Duration.ofHours(13), "::1"))))
                .containsExactly("after signing in again");
        assertThat(WhatIf.possible(
                        OURS,
                        AnyFacts.ordinary(OURS, "orders-admin", "PT30M", AnyFacts.TUESDAY_MORNING)
                                .by(new Requester("carl", Set.of("contractors")))))
                .isEmpty();
    }

    @Test
    void asksTheRulesOfWhoeverWroteThem() throws IOException {
        RuleSet strict = with(
                "Logs need a second factor",
                "Wanted( sensitivity == Sensitivity.LOW ) SignedIn( mfa == false )",
                "deny()");

        assertThat(WhatIf.possible(
                        strict, AnyFacts.ordinary(strict, "app-logs-read", "PT30M", AnyFacts.TUESDAY_MORNING)))
                .containsExactly("with a second factor");
    }

    @Test
    void takesTheConstantsOfTheRules() throws IOException {
        RuleSet odd = with(
                "Not for longer than 50 minutes, nor in the evening",
                "Wanted( sensitivity == Sensitivity.LOW ) (Asked( longerThan(\"PT50M\") ) or Moment( between(\"18:00-23:00\") ))",
                "requireApproval(\"manager\")");

        assertThat(WhatIf.automatic(odd, AnyFacts.ordinary(odd, "app-logs-read", "PT55M", AnyFacts.TUESDAY_MORNING)))
                .containsExactly("for 50 minutes or less");
        assertThat(WhatIf.automatic(odd, AnyFacts.ordinary(odd, "app-logs-read", "PT55M", AnyFacts.TUESDAY_NIGHT)))
                .containsExactly("for 50 minutes or less and at another time than between 18:00 and 23:00");
    }

    @Test
    void neverSaysOrLessWhereLessDoesNotDo() throws IOException {
        RuleSet odd = with("Half an hour is too short", "Asked( longerThan(\"PT30M\") == false )", "deny()");

        assertThat(WhatIf.automatic(odd, AnyFacts.ordinary(odd, "app-logs-read", "PT3H", AnyFacts.TUESDAY_MORNING)))
                .isEmpty();
    }

    @Test
    void countsTheTimeInAllOfAccessThatIsToLastLonger() {
        SeenFacts asked = AnyFacts.ordinary(OURS, "app-logs-read", "PT2H", AnyFacts.TUESDAY_MORNING);
        SeenFacts longer = new SeenFacts(
                asked.when(),
                Duration.ofMinutes(45),
                new Asked(Duration.ofHours(2), "", "", "", Duration.ZERO),
                asked.wanted(),
                asked.requester(),
                asked.signedIn(),
                asked.moment(),
                asked.history(),
                asked.holdings(),
                asked.held(),
                null,
                false,
                asked.limits());

        assertThat(WhatIf.automatic(OURS, longer)).containsExactly("for one hour or less in all");
    }
}
