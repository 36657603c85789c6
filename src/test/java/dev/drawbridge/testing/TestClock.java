package dev.drawbridge.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Date;
import org.camunda.bpm.engine.impl.util.ClockUtil;

/** The product's clock and the engine's, moved by hand. */
public final class TestClock extends Clock {
    /**
     * A Tuesday, noon in Berlin. Far ahead, since PostgreSQL holds a login's end against its own clock: whatever is
     * open by this clock is open there too.
     */
    public static final Instant TUESDAY_NOON = Instant.parse("2035-06-05T10:00:00Z");

    private volatile Instant now = TUESDAY_NOON;

    TestClock() {
        set(TUESDAY_NOON);
    }

    public void set(Instant instant) {
        now = instant;
        ClockUtil.setCurrentTime(Date.from(instant));
    }

    public void advance(Duration by) {
        set(now.plus(by));
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("The product reckons in UTC");
    }
}
