package dev.drawbridge.approval;

import dev.drawbridge.catalog.BusinessCalendar;
import dev.drawbridge.guardrails.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/** When something falls due at the levels of a case, by the calendar as it is now. */
public record LevelTimes(ApprovalCase approval, BusinessCalendar calendar, Instant now) {

    /** When the time of the level began. */
    Instant began(int level) {
        return approval.began(level, now);
    }

    /** When the level is over: counted from its beginning, so that a second approver gets no new deadline. */
    public Instant deadline(int level) {
        return after(level, approval.level(level).deadline());
    }

    /** Whether the deadline has passed. */
    public boolean isOver(int level) {
        return !now.isBefore(deadline(level));
    }

    /** The next reminder before the deadline, if there is one. */
    public Optional<Instant> nextReminder(int level) {
        Level asked = approval.level(level);
        Duration every = asked.remindEvery();
        if (every == null) {
            return Optional.empty();
        }
        Duration next = every.multipliedBy(approval.remindersAt(level) + 1L);
        return next.compareTo(asked.deadline()) < 0 ? Optional.of(after(level, next)) : Optional.empty();
    }

    /** When the next tier is added; none where all are. */
    public Optional<Instant> nextTier(int level) {
        return approval.level(level).escalations().stream()
                .skip(approval.tiersAt(level).size())
                .findFirst()
                .map(tier -> after(level, tier.after()));
    }

    /** Until when the open question, or one that is asked now, can be answered: as long as the level itself may take. */
    public Instant answerDue(int level) {
        Instant from = approval.openQuestion().map(Question::askedAt).orElse(now);
        return plus(from, approval.level(level).deadline(), level);
    }

    /** The level's time, without the stretches in which an answer of the requester was awaited. */
    private Instant after(int level, Duration time) {
        Instant cursor = began(level);
        Duration left = time;
        for (Question pause : approval.questionsAt(level)) {
            Duration gone = between(cursor, pause.askedAt(), level);
            if (left.compareTo(gone) <= 0) {
                break;
            }
            left = left.minus(gone);
            cursor = pause.answeredAt() == null ? now : pause.answeredAt();
        }
        return plus(cursor, left, level);
    }

    private Instant plus(Instant from, Duration time, int level) {
        String zone = approval.level(level).zone();
        return zone == null ? from.plus(time) : calendar.after(from, time, ZoneId.of(zone));
    }

    private Duration between(Instant from, Instant to, int level) {
        String zone = approval.level(level).zone();
        return zone == null ? Duration.between(from, to) : calendar.between(from, to, ZoneId.of(zone));
    }
}
