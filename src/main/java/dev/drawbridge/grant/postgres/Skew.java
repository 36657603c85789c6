package dev.drawbridge.grant.postgres;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Component;

/** How far a target's clock is from ours, and what a moment of ours is called there. */
@Component
class Skew {
    private static final long MILLIS = 1000;

    private final TargetClock there;
    private final Clock here;

    Skew(TargetClock there, Clock here) {
        this.there = there;
        this.here = here;
    }

    /** In whole seconds, so that the way to the target and back does not count. */
    Duration of(Session target) throws SQLException {
        Instant before = here.instant();
        Instant theirs = there.now(target);
        Instant middle = before.plus(Duration.between(before, here.instant()).dividedBy(2));
        return Duration.ofSeconds(Math.round(Duration.between(middle, theirs).toMillis() / (double) MILLIS));
    }

    /** A moment of ours as the target will see it come: as far ahead of its clock as it is of ours. */
    Instant there(Session target, Instant ours) throws SQLException {
        return ours.plus(of(target));
    }
}
