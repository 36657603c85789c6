package dev.drawbridge.grant.postgres;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.context.annotation.Primary;

/** A target's clock that goes with that of the test, and as far from it as the test says: no server's own can be shifted. */
@Primary
public class SharedClock implements TargetClock {
    private final Clock clock;
    private volatile Duration ahead = Duration.ZERO;

    public SharedClock(Clock clock) {
        this.clock = clock;
    }

    /** How far the target's clock is ahead from now on. */
    public void shift(Duration ahead) {
        this.ahead = ahead;
    }

    @Override
    public Instant now(Session target) throws SQLException {
        return clock.instant().plus(ahead);
    }
}
