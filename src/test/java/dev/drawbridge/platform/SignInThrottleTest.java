package dev.drawbridge.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.springframework.security.authentication.BadCredentialsException;

class SignInThrottleTest {
    private final Moved clock = new Moved();
    private final SignInThrottle throttle = new SignInThrottle(clock, new SimpleMeterRegistry());

    private static final class Moved extends Clock {
        private Instant now = Instant.parse("2035-06-05T10:00:00Z");

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
            return this;
        }
    }

    private void wrong(String account, String address) {
        assertThatThrownBy(() -> throttle.attempt(account, address, () -> {
                    throw new BadCredentialsException("wrong");
                }))
                .isInstanceOf(BadCredentialsException.class);
    }

    private boolean right(String account, String address) {
        return throttle.attempt(account, address, () -> true);
    }

    @Test
    void takesFiveWrongOnesAndThenOneEveryThirtySeconds() {
        for (int guess = 0; guess < 5; guess++) {
            wrong("owner", "192.0.2.1");
        }
        assertThatThrownBy(() -> right("owner", "192.0.2.1"))
                .isInstanceOfSatisfying(
                        TooManySignIns.class, slow -> assertThat(slow.seconds()).isEqualTo(30));
        assertThat(right("owner", "192.0.2.2")).as("elsewhere").isTrue();
        clock.now = clock.now.plusSeconds(30);
        wrong("owner", "192.0.2.1");
        assertThatThrownBy(() -> right("owner", "192.0.2.1")).isInstanceOf(TooManySignIns.class);
    }

    @Test
    void neverSlowsDownWhoHasLatelySignedInRightFromThere() {
        right("owner", "192.0.2.1");
        for (int guess = 0; guess < 500; guess++) {
            wrong("owner", "192.0.2.1");
        }
        assertThat(right("owner", "192.0.2.1")).isTrue();
        clock.now = clock.now.plus(Duration.ofHours(13));
        for (int guess = 0; guess < 5; guess++) {
            wrong("owner", "192.0.2.1");
        }
        assertThatThrownBy(() -> right("owner", "192.0.2.1")).isInstanceOf(TooManySignIns.class);
    }

    @Test
    void countsNothingAgainstWhoSignsInRightOrMeetsAFault() {
        for (int time = 0; time < 200; time++) {
            right("person" + time, "192.0.2.1");
            assertThatThrownBy(() -> throttle.attempt("owner", "192.0.2.1", () -> {
                        throw new IllegalStateException("no database");
                    }))
                    .isInstanceOf(IllegalStateException.class);
        }
        assertThat(right("owner", "192.0.2.1")).isTrue();
    }

    @Test
    void takesAWholeNetworkOfTheNewAddressesForOne() {
        assertThat(SignInThrottle.place("2001:db8:1:2:3:4:5:6")).isEqualTo("2001:db8:1:2:0:0:0:0/64");
        assertThat(SignInThrottle.place("2001:db8:1:2::9")).isEqualTo("2001:db8:1:2:0:0:0:0/64");
        assertThat(SignInThrottle.place("192.0.2.1")).isEqualTo("192.0.2.1");
        assertThat(SignInThrottle.place("unknown")).isEqualTo("unknown");
    }
}
