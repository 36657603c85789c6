package dev.drawbridge.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.drawbridge.approval.Approval.Decision;
import dev.drawbridge.catalog.BusinessCalendar;
import dev.drawbridge.catalog.LevelDefinition;
import dev.drawbridge.catalog.RuleFiles;
import dev.drawbridge.guardrails.Level;
import dev.drawbridge.guardrails.RecordedVerdict;
import dev.drawbridge.guardrails.Verdict;
import dev.drawbridge.guardrails.Verdicts;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When something falls due, from the facts alone. Office hours are eight to six in Berlin: six to four, UTC. */
class LevelClockTest {
    private static final UUID ID = UUID.randomUUID();
    /** Tuesday noon, Berlin time. */
    private static final Instant NOON = Instant.parse("2035-06-05T10:00:00Z");

    private final Verdicts verdicts = mock(Verdicts.class);
    private final Approvals approvals = mock(Approvals.class);
    private final Escalations escalations = mock(Escalations.class);
    private final Questions questions = mock(Questions.class);

    private LevelClock at(Instant now) {
        return new LevelClock(
                verdicts,
                approvals,
                escalations,
                questions,
                new BusinessCalendar(new RuleFiles(Path.of("rules"))),
                Clock.fixed(now, ZoneOffset.UTC));
    }

    private void asked(String zone, Duration deadline, Duration remindEvery) {
        Level level =
                new Level("owner", List.of("g"), List.of(), 2, deadline, zone, remindEvery, List.of(), null, null);
        when(verdicts.of(ID))
                .thenReturn(Optional.of(new RecordedVerdict(
                        ID,
                        new Verdict.NeedsApproval(List.of(), List.of(level, level), null, List.of(), "book"),
                        "digest",
                        NOON)));
    }

    private static Approval given(int level, Instant at) {
        return new Approval(ID, level, "a" + at, Decision.APPROVE, "", at, null, null);
    }

    private static Question question(int level, Instant askedAt, Instant answeredAt) {
        return new Question(
                UUID.randomUUID(), ID, level, "bob", "?", askedAt, answeredAt == null ? null : "!", answeredAt, false);
    }

    @BeforeEach
    void nothingHasHappened() {
        when(escalations.of(any(), anyInt())).thenReturn(List.of());
    }

    @Test
    void beginsALevelWithTheLastAnswerBeforeItAndGivesASecondApproverNoNewDeadline() {
        asked(null, Duration.ofHours(8), null);
        assertThat(at(NOON).deadline(ID, 0)).isEqualTo(NOON.plus(Duration.ofHours(8)));

        when(approvals.of(ID)).thenReturn(List.of(given(0, NOON.plusSeconds(60)), given(0, NOON.plusSeconds(90))));
        assertThat(at(NOON).deadline(ID, 0)).isEqualTo(NOON.plus(Duration.ofHours(8)));
        assertThat(at(NOON).began(ID, 1)).isEqualTo(NOON.plusSeconds(90));
        when(approvals.of(ID))
                .thenReturn(List.of(
                        given(0, NOON.plusSeconds(60)),
                        given(0, NOON.plusSeconds(90)),
                        given(1, NOON.plusSeconds(99))));
        assertThat(at(NOON).deadline(ID, 1)).isEqualTo(NOON.plusSeconds(90).plus(Duration.ofHours(8)));
    }

    @Test
    void remindsAgainAndAgainButNotWhenTheLevelIsOver() {
        asked(null, Duration.ofHours(8), Duration.ofHours(4));

        assertThat(at(NOON).nextReminder(ID, 0)).contains(NOON.plus(Duration.ofHours(4)));
        when(escalations.reminders(ID, 0)).thenReturn(1);
        assertThat(at(NOON).nextReminder(ID, 0))
                .as("that would be the deadline")
                .isEmpty();
        asked(null, Duration.ofHours(8), null);
        assertThat(at(NOON).nextReminder(ID, 0)).isEmpty();
    }

    @Test
    void keepsOfficeHoursWhereTheLevelHasAZone() {
        asked("Europe/Berlin", Duration.ofHours(8), null);
        assertThat(at(NOON).deadline(ID, 0)).isEqualTo(Instant.parse("2035-06-06T08:00:00Z"));
    }

    @Test
    void letsTheClockStandStillWhileAnAnswerIsAwaited() {
        asked(null, Duration.ofHours(8), null);
        Instant askedAt = NOON.plus(Duration.ofHours(2));
        when(questions.of(ID)).thenReturn(List.of(question(0, askedAt, null)));
        Instant now = NOON.plus(Duration.ofHours(30));
        assertThat(at(now).deadline(ID, 0)).isEqualTo(now.plus(Duration.ofHours(6)));

        when(questions.of(ID)).thenReturn(List.of(question(0, askedAt, NOON.plus(Duration.ofHours(3)))));
        assertThat(at(now).deadline(ID, 0)).isEqualTo(NOON.plus(Duration.ofHours(9)));
        assertThat(at(now).deadline(ID, 1)).as("another level's question").isEqualTo(NOON.plus(Duration.ofHours(8)));
    }

    @Test
    void countsThePausesInOfficeTimeToo() {
        asked("Europe/Berlin", Duration.ofHours(8), null);
        // Asked at five in the afternoon, answered at nine the next morning: five hours had gone, three are left.
        when(questions.of(ID))
                .thenReturn(List.of(
                        question(0, Instant.parse("2035-06-05T15:00:00Z"), Instant.parse("2035-06-06T07:00:00Z"))));
        assertThat(at(NOON).deadline(ID, 0)).isEqualTo(Instant.parse("2035-06-06T10:00:00Z"));
    }

    @Test
    void movesNothingThatWasDueBeforeTheQuestionOrAtItsVeryMoment() {
        asked(null, Duration.ofHours(8), Duration.ofHours(4));
        Instant due = NOON.plus(Duration.ofHours(4));

        for (Instant askedAt : List.of(due, due.plusSeconds(1))) {
            when(questions.of(ID)).thenReturn(List.of(question(0, askedAt, due.plus(Duration.ofHours(20)))));
            assertThat(at(NOON).nextReminder(ID, 0)).contains(due);
        }
    }

    @Test
    void givesTheRequesterAsLongAsTheLevelMayTake() {
        asked("Europe/Berlin", Duration.ofHours(8), null);
        when(questions.open(ID)).thenReturn(Optional.of(question(0, Instant.parse("2035-06-05T15:00:00Z"), null)));
        assertThat(at(NOON).answerDue(ID, 0)).isEqualTo(Instant.parse("2035-06-06T13:00:00Z"));
        asked(null, Duration.ofHours(8), null);
        assertThat(at(NOON).answerDue(ID, 0)).isEqualTo(Instant.parse("2035-06-05T23:00:00Z"));
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
        when(verdicts.of(ID))
                .thenReturn(Optional.of(new RecordedVerdict(
                        ID,
                        new Verdict.NeedsApproval(List.of(), List.of(level), null, List.of(), "book"),
                        "digest",
                        NOON)));
        Escalation first = new Escalation(ID, 0, 0, List.of("leads"), NOON);

        assertThat(at(NOON).nextTier(ID, 0)).contains(NOON.plus(Duration.ofHours(2)));
        when(escalations.of(ID, 0)).thenReturn(List.of(first));
        assertThat(at(NOON).nextTier(ID, 0)).contains(NOON.plus(Duration.ofHours(5)));
        when(escalations.of(ID, 0)).thenReturn(List.of(first, first));
        assertThat(at(NOON).nextTier(ID, 0)).isEmpty();
    }
}
