package dev.drawbridge.guardrails;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A guardrail that does nothing is told. */
class IdleRulesTest {
    @TempDir
    Path folder;

    private DraftRules ours() {
        return DraftRules.ofOurs(folder.resolve("rules"));
    }

    @Test
    void findsNoneAmongThoseThatAreDelivered() {
        assertThat(IdleRules.of(ours().load())).isEmpty();
    }

    @Test
    void findsThoseThatCanNeverFire() {
        RuleSet rules = ours().rule(
                        "a/by-day-and-by-night.drl",
                        "Moment( officeHours, between(\"22:00-06:00\") )",
                        "guardrail.deny();")
                .rule("a/no-such-thing.drl", "Wanted( level == AccessLevel.ADMIN, masked )", "guardrail.deny();")
                .rule("a/window.drl", "Moment( maintenanceWindow )", "guardrail.deny();")
                .load();

        assertThat(IdleRules.of(rules))
                .containsExactlyInAnyOrder(
                        "rules/a/by-day-and-by-night.drl: this guardrail can never fire, with the catalog, the calendar and"
                                + " the tickets as they are.",
                        "rules/a/no-such-thing.drl: this guardrail can never fire, with the catalog, the calendar and the"
                                + " tickets as they are.",
                        "rules/a/window.drl: this guardrail can never fire, with the catalog, the calendar and the tickets"
                                + " as they are.");
    }

    @Test
    void findsThoseThatNeverChangeAVerdict() {
        RuleSet rules = ours().rule(
                        "a/once-more.drl",
                        "Requester( belongsTo(\"contractors\") ) Wanted( level == AccessLevel.ADMIN )",
                        "guardrail.deny();")
                .rule("a/longer.drl", "Wanted( sensitivity == Sensitivity.HIGH )", "guardrail.limit(\"PT5H\");")
                .load();

        // Either of the two that say the same could go: the other one is told as well.
        assertThat(IdleRules.of(rules))
                .containsExactlyInAnyOrder(
                        "rules/a/once-more.drl: this guardrail never changes a verdict; wherever it fires, others say as"
                                + " much.",
                        "rules/contractors/never-critical.drl: this guardrail never changes a verdict; wherever it fires,"
                                + " others say as much.",
                        "rules/a/longer.drl: this guardrail never changes a verdict; wherever it fires, others say as"
                                + " much.");
    }
}
