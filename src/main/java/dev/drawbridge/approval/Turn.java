package dev.drawbridge.approval;

import static dev.drawbridge.platform.Refusal.Kind.CONFLICT;
import static dev.drawbridge.platform.Refusal.Kind.FORBIDDEN;

import dev.drawbridge.guardrails.Level;
import dev.drawbridge.platform.Refusal;
import dev.drawbridge.process.AccessProcesses;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One person's turn: they may answer at the level that is open, in this moment.
 *
 * @param principal in whose place they answer; none: in their own
 */
record Turn(
        ApprovalCase approval,
        Electorate electorate,
        int position,
        String person,
        @Nullable String principal,
        Instant at) {

    /** Refuses what is settled, who may not answer it, who has been heard already, and anybody once the time is over. */
    static Turn of(String person, ApprovalCase approval, Electorate electorate, LevelTimes times) {
        if (approval.settled()) {
            // A process may go on, and ask, after the request has ended.
            throw AccessProcesses.settled();
        }
        int position = approval.open()
                .orElseThrow(() -> Refusal.of(CONFLICT, "already-settled", "This has already been decided."));
        approval.requireAsked();
        if (times.isOver(position)) {
            // The timer that says so may be late.
            throw Refusal.of(CONFLICT, "deadline-passed", "The time to answer this is over.");
        }
        if (approval.isRequester(person)) {
            throw Refusal.of(FORBIDDEN, "self-approval", "Nobody decides on their own request.");
        }
        approval.requireUnheard(person);
        return new Turn(
                approval,
                electorate,
                position,
                person,
                principal(person, approval, electorate, position),
                times.now().truncatedTo(ChronoUnit.MILLIS));
    }

    private static @Nullable String principal(
            String person, ApprovalCase approval, Electorate electorate, int position) {
        return electorate.mayApprove(person, position)
                ? null
                : electorate.inPlaceOf(person, position).stream()
                        .filter(principal -> !approval.hasBeenHeard(principal))
                        .findFirst()
                        .orElseThrow(() -> Refusal.of(
                                FORBIDDEN,
                                "not-an-approver",
                                "You are not among those who may decide on this request at level '"
                                        + approval.level(position).name() + "'."));
    }

    Level level() {
        return approval.level(position);
    }

    /** Refuses if this person, or the one they stand in for, is needed elsewhere: nobody counts twice. */
    void requireRoomForOthers() {
        Set<String> gone = new TreeSet<>(Set.of(person));
        if (principal != null) {
            gone.add(principal);
        }
        if (!electorate.leavesRoomWithout(gone, position)) {
            throw Refusal.of(
                    CONFLICT,
                    "needed-later",
                    "You are needed at a later level, where nobody else could approve this; leave this one to a"
                            + " colleague.");
        }
    }
}
