package dev.drawbridge.approval;

import dev.drawbridge.catalog.BusinessCalendar;
import dev.drawbridge.guardrails.Level;
import dev.drawbridge.guardrails.RecordedVerdict;
import dev.drawbridge.guardrails.Verdict;
import dev.drawbridge.guardrails.Verdicts;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** When something falls due at a level, reckoned from the facts and the calendar as it is now. */
@Component
class LevelClock {
    private final Verdicts verdicts;
    private final Approvals approvals;
    private final Escalations escalations;
    private final Questions questions;
    private final BusinessCalendar calendar;
    private final Clock clock;

    LevelClock(
            Verdicts verdicts,
            Approvals approvals,
            Escalations escalations,
            Questions questions,
            BusinessCalendar calendar,
            Clock clock) {
        this.verdicts = verdicts;
        this.approvals = approvals;
        this.escalations = escalations;
        this.questions = questions;
        this.calendar = calendar;
        this.clock = clock;
    }

    List<Level> levels(UUID requestId) {
        return verdict(requestId).verdict() instanceof Verdict.NeedsApproval needed ? needed.levels() : List.of();
    }

    /** The position of the level that is open by the facts; none once all have had their quorum. */
    Optional<Integer> open(UUID requestId) {
        return Approvals.openLevel(levels(requestId), approvals.of(requestId));
    }

    /** When the level was opened: the last answer at one before it, or the verdict. */
    Instant began(UUID requestId, int level) {
        return approvals.of(requestId).stream()
                .filter(approval -> approval.level() < level)
                .map(Approval::at)
                .max(Instant::compareTo)
                .orElse(verdict(requestId).decidedAt());
    }

    /** When the level is over: counted from its beginning, so that a second approver gets no new deadline. */
    Instant deadline(UUID requestId, int level) {
        return after(requestId, level, levels(requestId).get(level).deadline());
    }

    /** The next reminder before the deadline; none where there is none. */
    Optional<Instant> nextReminder(UUID requestId, int level) {
        Duration every = levels(requestId).get(level).remindEvery();
        if (every == null) {
            return Optional.empty();
        }
        Duration next = every.multipliedBy(escalations.reminders(requestId, level) + 1L);
        return next.compareTo(levels(requestId).get(level).deadline()) < 0
                ? Optional.of(after(requestId, level, next))
                : Optional.empty();
    }

    /** When the next tier is added; none where all are. */
    Optional<Instant> nextTier(UUID requestId, int level) {
        return levels(requestId).get(level).escalations().stream()
                .skip(escalations.of(requestId, level).size())
                .findFirst()
                .map(tier -> after(requestId, level, tier.after()));
    }

    /** Until when the open question can be answered: as long as the level itself may take. */
    Instant answerDue(UUID requestId, int level) {
        Level asked = levels(requestId).get(level);
        Instant from = questions.open(requestId).map(Question::askedAt).orElse(clock.instant());
        return asked.zone() == null
                ? from.plus(asked.deadline())
                : calendar.after(from, asked.deadline(), ZoneId.of(asked.zone()));
    }

    /** Whether it stands still: the requester has been asked something and has not answered. */
    boolean isPaused(UUID requestId) {
        return questions.open(requestId).isPresent();
    }

    /** The level's time, without the stretches in which an answer of the requester was awaited. */
    private Instant after(UUID requestId, int level, Duration time) {
        Instant cursor = began(requestId, level);
        Duration left = time;
        for (Question pause : questions.of(requestId)) {
            if (pause.level() == level) {
                Duration gone = between(requestId, level, cursor, pause.askedAt());
                if (left.compareTo(gone) <= 0) {
                    break;
                }
                left = left.minus(gone);
                cursor = pause.answeredAt() == null ? clock.instant() : pause.answeredAt();
            }
        }
        String zone = levels(requestId).get(level).zone();
        return zone == null ? cursor.plus(left) : calendar.after(cursor, left, ZoneId.of(zone));
    }

    private Duration between(UUID requestId, int level, Instant from, Instant to) {
        String zone = levels(requestId).get(level).zone();
        return zone == null ? Duration.between(from, to) : calendar.between(from, to, ZoneId.of(zone));
    }

    private RecordedVerdict verdict(UUID requestId) {
        return verdicts.of(requestId).orElseThrow();
    }
}
