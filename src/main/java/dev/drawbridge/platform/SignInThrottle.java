package dev.drawbridge.platform;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.Supplier;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.stereotype.Component;

/**
 * Slows down who guesses passwords, by account and address together, and by address; never who has lately signed in right
 * from theirs. Each node counts for itself, in bounded memory.
 */
@Component
public class SignInThrottle {
    /** Longer than any account's name: nobody fills the memory with names. */
    private static final int LONGEST_NAME = 64;

    private static final Bandwidth A_PAIR = Bandwidth.builder()
            .capacity(5)
            .refillGreedy(1, Duration.ofSeconds(30))
            .build();
    private static final Bandwidth AN_ADDRESS = Bandwidth.builder()
            .capacity(50)
            .refillGreedy(1, Duration.ofSeconds(3))
            .build();
    private static final Duration LATELY = Duration.ofHours(12);
    private static final int MOST = 20_000;

    private final Clock clock;
    private final MeterRegistry metrics;
    private final TimeMeter time;
    private final Cache<Pair, Bucket> pairs;
    private final Cache<String, Bucket> addresses;
    // Filled by right sign-ins alone: no stranger pushes anybody out of it.
    private final Cache<Pair, Instant> right;

    SignInThrottle(Clock clock, MeterRegistry metrics) {
        this.clock = clock;
        this.metrics = metrics;
        this.time = new Meter(clock);
        this.pairs = Caffeine.newBuilder().maximumSize(MOST).build();
        this.addresses = Caffeine.newBuilder().maximumSize(MOST).build();
        this.right = Caffeine.newBuilder().maximumSize(MOST).build();
    }

    private record Pair(String account, String address) {}

    /**
     * Runs {@code check} if it is this caller's turn; it throws {@link BadCredentialsException} where the password is wrong.
     *
     * @throws TooManySignIns without running it, where it is not
     */
    public <T> T attempt(String account, String address, Supplier<T> check) {
        String place = place(address);
        Pair pair = new Pair(account.length() > LONGEST_NAME ? "" : account, place);
        boolean known = isKnown(pair);
        Bucket ofAddress = known ? null : addresses.get(place, key -> bucket(AN_ADDRESS));
        Bucket ofPair = null;
        if (ofAddress != null) {
            take(ofAddress);
            // Only now: who is slowed down anyway pushes nobody's bucket out with names that are made up.
            ofPair = pairs.get(pair, key -> bucket(A_PAIR));
            try {
                take(ofPair);
            } catch (TooManySignIns tooMany) {
                ofAddress.addTokens(1);
                throw tooMany;
            }
        }
        boolean wrong = false;
        try {
            T signedIn = check.get();
            right.put(pair, clock.instant());
            pairs.invalidate(pair);
            count("right");
            return signedIn;
        } catch (BadCredentialsException refused) {
            wrong = true;
            count("wrong");
            throw refused;
        } finally {
            // Taken before the look, so that many at once gain nothing; what was no wrong guess is given back.
            if (!wrong && ofPair != null && ofAddress != null) {
                ofPair.addTokens(1);
                ofAddress.addTokens(1);
            }
        }
    }

    private void take(Bucket bucket) {
        ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
        if (!probe.isConsumed()) {
            count("throttled");
            throw new TooManySignIns(Duration.ofNanos(probe.getNanosToWaitForRefill()));
        }
    }

    private boolean isKnown(Pair pair) {
        Instant last = right.getIfPresent(pair);
        return last != null && !last.plus(LATELY).isBefore(clock.instant());
    }

    private Bucket bucket(Bandwidth bandwidth) {
        return Bucket.builder()
                .addLimit(bandwidth)
                .withCustomTimePrecision(time)
                .build();
    }

    private void count(String result) {
        metrics.counter("drawbridge.sign.ins", "result", result).increment();
    }

    /** Whoever has one IPv6 address has all of its network. */
    static String place(String address) {
        try {
            // A numeric address is looked up nowhere; anything else stays as it is.
            if (address.indexOf(':') >= 0 && InetAddress.getByName(address) instanceof Inet6Address six) {
                byte[] network = Arrays.copyOf(Arrays.copyOf(six.getAddress(), 8), 16);
                return InetAddress.getByAddress(network).getHostAddress() + "/64";
            }
        } catch (UnknownHostException notNumeric) {
            return address;
        }
        return address;
    }

    /** The product's clock, as the buckets read it. */
    private record Meter(Clock clock) implements TimeMeter {
        @Override
        public long currentTimeNanos() {
            Instant now = clock.instant();
            return Math.addExact(Math.multiplyExact(now.getEpochSecond(), 1_000_000_000L), now.getNano());
        }

        @Override
        public boolean isWallClockBased() {
            return true;
        }
    }
}
