package dev.drawbridge.approval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.approval.Approval.Decision;
import dev.drawbridge.approval.ApprovalCase.Reminder;
import dev.drawbridge.catalog.BusinessCalendar;
import dev.drawbridge.catalog.LevelDefinition;
import dev.drawbridge.catalog.RuleFiles;
import dev.drawbridge.guardrails.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** When something falls due, from the facts alone. Office hours are eight to six in Berlin: six to four, UTC. */
class LevelTimesTest {
    private static final UUID ID = UUID.randomUUID();
    /** Tuesday noon, Berlin time. */
    private static final Instant NOON = Instant.parse("2035-06-05T10:00:00Z");

    private CaseOf approval = CaseOf.ada(NOON);

    private LevelTimes at(Instant now) {
        return new LevelTimes(approval.now(), new BusinessCalendar(new RuleFiles(Path.of("rules"))), now);
    }

    private void asked(String zone, Duration deadline, Duration remindEvery) {
        Level level =
                new Level("owner", List.of("g"), List.of(), 2, deadline, zone, remindEvery, List.of(), null, null);
        approval = CaseOf.ada(NOON, level, level);
    }

    private static Approval given(int level, Instant at) {
        return new Approval(ID, level, "a" + at, Decision.APPROVE, "", at, null, null);
    }

    private void question(int level, Instant askedAt, Instant answeredAt) {
        approval.questions.clear();
        approval.questions.add(new Question(
                UUID.randomUUID(), ID, level, "bob", "?", askedAt, answeredAt == null ? null : "!", answeredAt, false));
    }

    @Test
    void beginsALevelWithTheLastAnswerBeforeItAndGivesASecondApproverNoNewDeadline() {
        asked(null, Duration.ofHours(8), null);
        assertThat(at(NOON).deadline(0)).isEqualTo(NOON.plus(Duration.ofHours(8)));

        approval.answers.addAll(List.of(given(0, NOON.plusSeconds(60)), given(0, NOON.plusSeconds(90))));
        assertThat(at(NOON).deadline(0)).isEqualTo(NOON.plus(Duration.ofHours(8)));
        assertThat(at(NOON).began(1)).isEqualTo(NOON.plusSeconds(90));
        approval.answers.add(given(1, NOON.plusSeconds(99)));
        assertThat(at(NOON).deadline(1)).isEqualTo(NOON.plusSeconds(90).plus(Duration.ofHours(8)));
    }

    @Test
    void remindsAgainAndAgainButNotWhenTheLevelIsOver() {
        asked(null, Duration.ofHours(8), Duration.ofHours(4));

        assertThat(at(NOON).nextReminder(0)).contains(NOON.plus(Duration.ofHours(4)));
        approval.reminders.add(new Reminder(0, 1));
        assertThat(at(NOON).nextReminder(0)).as("that would be the deadline").isEmpty();
        asked(null, Duration.ofHours(8), null);
        assertThat(at(NOON).nextReminder(0)).isEmpty();
    }

    @Test
    void keepsOfficeHoursWhereTheLevelHasAZone() {
        asked("Europe/Berlin", Duration.ofHours(8), null);
        assertThat(at(NOON).deadline(0)).isEqualTo(Instant.parse("2035-06-06T08:00:00Z"));
    }

    @Test
    void letsTheClockStandStillWhileAnAnswerIsAwaited() {
        asked(null, Duration.ofHours(8), null);
        Instant askedAt = NOON.plus(Duration.ofHours(2));
        question(0, askedAt, null);
        Instant now = NOON.plus(Duration.ofHours(30));
        assertThat(at(now).deadline(0)).isEqualTo(now.plus(Duration.ofHours(6)));

        question(0, askedAt, NOON.plus(Duration.ofHours(3)));
        assertThat(at(now).deadline(0)).isEqualTo(NOON.plus(Duration.ofHours(9)));
        assertThat(at(now).deadline(1)).as("another level's question").isEqualTo(NOON.plus(Duration.ofHours(8)));
    }

    @Test
    void countsThePausesInOfficeTimeToo() {
        asked("Europe/Berlin", Duration.ofHours(8), null);
        // Asked at five in the afternoon, answered at nine the next morning: five hours had gone, three are left.
        question(0, Instant.parse("2035-06-05T15:00:00Z"), Instant.parse("2035-06-06T07:00:00Z"));
        assertThat(at(NOON).deadline(0)).isEqualTo(Instant.parse("2035-06-06T10:00:00Z"));
    }

    @Test
    void movesNothingThatWasDueBeforeTheQuestionOrAtItsVeryMoment() {
        asked(null, Duration.ofHours(8), Duration.ofHours(4));
        Instant due = NOON.plus(Duration.ofHours(4));

        for (Instant askedAt : List.of(due, due.plusSeconds(1))) {
            question(0, askedAt, due.plus(Duration.ofHours(20)));
            assertThat(at(NOON).nextReminder(0)).contains(due);
        }
    }

    @Test
    void givesTheRequesterAsLongAsTheLevelMayTake() {
        asked("Europe/Berlin", Duration.ofHours(8), null);
        question(0, Instant.parse("2035-06-05T15:00:00Z"), null);
        assertThat(at(NOON).answerDue(0)).isEqualTo(Instant.parse("2035-06-06T13:00:00Z"));
        asked(null, Duration.ofHours(8), null);
        question(0, Instant.parse("2035-06-05T15:00:00Z"), null);
        assertThat(at(NOON).answerDue(0)).isEqualTo(Instant.parse("2035-06-05T23:00:00Z"));
    }

    @Test
    void addsOneTierAfterTheOther() {
        Level level = new Level(
                "owner",
                List.of("g"),
                List.of(),
                1,
                Duration.ofHours(8),
                null,
                null,
                List.of(
                        new LevelDefinition.Tier(Duration.ofHours(2), List.of("leads")),
                        new LevelDefinition.Tier(Duration.ofHours(5), List.of("heads"))),
                null,
                null);
        approval = CaseOf.ada(NOON, level);
        Escalation first = new Escalation(ID, 0, 0, List.of("leads"), NOON);

        assertThat(at(NOON).nextTier(0)).contains(NOON.plus(Duration.ofHours(2)));
        approval.tiers.add(first);
        assertThat(at(NOON).nextTier(0)).contains(NOON.plus(Duration.ofHours(5)));
        approval.tiers.add(first);
        assertThat(at(NOON).nextTier(0)).isEmpty();
    }
}
