package dev.drawbridge.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.security.authentication.BadCredentialsException;

class SignInThrottleTest {
    private final Moved clock = new Moved();
    private final SignInThrottle throttle =
            new SignInThrottle(clock, new SimpleMeterRegistry(), new SomeDevices(), new SomePlaces());
    private final Map<String, Instant> known = new HashMap<>();

    /** Marks a browser for an account by the account's own name. */
    private final class SomeDevices extends Devices {
        SomeDevices() {
            super(JdbcClient.create(new DriverManagerDataSource()), id -> Optional.empty(), clock);
        }

        @Override
        Optional<String> of(String account, String cookie) {
            return Optional.ofNullable(cookie).filter(account::equals);
        }
    }

    private final class SomePlaces extends KnownPlaces {
        SomePlaces() {
            super(JdbcClient.create(new DriverManagerDataSource()), clock);
        }

        @Override
        boolean knows(String account, String network) {
            Instant last = known.get(account + " at " + network);
            return last != null && !last.plus(LATELY).isBefore(clock.instant());
        }

        @Override
        void learn(String account, String network) {
            known.put(account + " at " + network, clock.instant());
        }
    }

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

    private void wrong(String account, SignInDetails from) {
        assertThatThrownBy(() -> throttle.attempt(account, from, () -> {
                    throw new BadCredentialsException("wrong");
                }))
                .isInstanceOf(BadCredentialsException.class);
    }

    private void wrong(String account, String address) {
        wrong(account, new SignInDetails("form", address));
    }

    private boolean right(String account, String address) {
        return throttle.attempt(account, new SignInDetails("form", address), () -> true);
    }

    private static SignInDetails browser(String address, String markedFor) {
        return new SignInDetails("form", address, markedFor);
    }

    private boolean isSlowed(String account, SignInDetails from) {
        try {
            throttle.attempt(account, from, () -> true);
            return false;
        } catch (TooManySignIns slowed) {
            return true;
        }
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
    void slowsDownAnInsiderWhoGuessesAColleaguesPasswordBehindTheAddressOfBoth() {
        right("owner", "192.0.2.1");
        int guesses = 0;
        for (int guess = 0; guess < 500; guess++) {
            // The colleague's programs go on signing in meanwhile: that gives the insider no more guesses.
            guesses += isGuess("owner", new SignInDetails("form", "192.0.2.1")) ? 1 : 0;
            isSlowed("owner", new SignInDetails("basic", "192.0.2.1"));
            clock.now = clock.now.plusSeconds(1);
        }
        assertThat(guesses).isLessThanOrEqualTo(64 + 500 / 30 + 1);
    }

    private boolean isGuess(String account, SignInDetails from) {
        try {
            throttle.attempt(account, from, () -> {
                throw new BadCredentialsException("wrong");
            });
            return false;
        } catch (TooManySignIns slowed) {
            return false;
        } catch (BadCredentialsException wrong) {
            return true;
        }
    }

    @Test
    void letsABrowserInThatIsMarkedForTheAccountHoweverManyGuessFromTheSameAddress() {
        right("owner", "192.0.2.1");
        for (int guess = 0; guess < 500; guess++) {
            isGuess("owner", new SignInDetails("form", "192.0.2.1"));
            isGuess("somebody" + guess, new SignInDetails("form", "192.0.2.1"));
            isGuess("owner", browser("192.0.2.1", "insider"));
        }
        assertThat(isSlowed("owner", browser("192.0.2.1", null))).isTrue();
        assertThat(isSlowed("owner", browser("192.0.2.1", "insider"))).isTrue();
        assertThat(isSlowed("owner", browser("192.0.2.1", "owner"))).isFalse();
        assertThat(isSlowed("owner", browser("198.51.100.7", "owner")))
                .as("elsewhere")
                .isFalse();
    }

    @Test
    void slowsDownAMarkedBrowserToo() {
        for (int guess = 0; guess < 10; guess++) {
            wrong("owner", browser("192.0.2.1", "owner"));
        }
        assertThat(isSlowed("owner", browser("192.0.2.1", "owner"))).isTrue();
        assertThat(isSlowed("owner", browser("198.51.100.7", "owner")))
                .as("wherever it is")
                .isTrue();
        clock.now = clock.now.plusSeconds(30);
        assertThat(isSlowed("owner", browser("192.0.2.1", "owner"))).isFalse();
    }

    @Test
    void forgetsWhereSomebodySignedInAfterTwelveHours() {
        right("owner", "192.0.2.1");
        clock.now = clock.now.plus(Duration.ofHours(13));
        for (int guess = 0; guess < 5; guess++) {
            wrong("owner", "192.0.2.1");
        }
        assertThatThrownBy(() -> right("owner", "192.0.2.1")).isInstanceOf(TooManySignIns.class);
    }

    @Test
    void countsGuessesFromAllOfAWideNetworkOfTheNewAddressesTogether() {
        int guesses = 0;
        for (int network = 0; network < 2_000; network++) {
            guesses += isGuess("owner", new SignInDetails("form", "2001:db8:1:" + Integer.toHexString(network) + "::1"))
                    ? 1
                    : 0;
        }
        assertThat(guesses).isEqualTo(20);
        int others = 0;
        for (int network = 0; network < 2_000; network++) {
            others += isGuess(
                            "somebody" + network,
                            new SignInDetails("form", "2001:db8:1:" + Integer.toHexString(network) + "::1"))
                    ? 1
                    : 0;
        }
        assertThat(others).isEqualTo(180);
        assertThat(isGuess("owner", new SignInDetails("form", "2001:db8:2::1")))
                .as("elsewhere")
                .isTrue();
    }

    @Test
    void countsNothingAgainstWhoSignsInRightOrMeetsAFault() {
        for (int time = 0; time < 200; time++) {
            right("person" + time, "192.0.2.1");
            assertThatThrownBy(() -> throttle.attempt("owner", new SignInDetails("form", "192.0.2.1"), () -> {
                        throw new IllegalStateException("no database");
                    }))
                    .isInstanceOf(IllegalStateException.class);
        }
        assertThat(right("owner", "192.0.2.1")).isTrue();
    }

    @Test
    void takesAWholeNetworkOfTheNewAddressesForOne() {
        assertThat(SignInThrottle.network("2001:db8:1:2:3:4:5:6", 64)).isEqualTo("2001:db8:1:2:0:0:0:0/64");
        assertThat(SignInThrottle.network("2001:db8:1:2::9", 64)).isEqualTo("2001:db8:1:2:0:0:0:0/64");
        assertThat(SignInThrottle.network("2001:db8:1:2::9", 48)).isEqualTo("2001:db8:1:0:0:0:0:0/48");
        assertThat(SignInThrottle.network("192.0.2.1", 64)).isEqualTo("192.0.2.1");
        assertThat(SignInThrottle.network("unknown", 48)).isEqualTo("unknown");
    }
}
