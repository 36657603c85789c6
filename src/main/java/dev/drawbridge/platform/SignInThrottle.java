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
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.stereotype.Component;

/**
 * Slows down who guesses passwords. Whoever knocks has buckets of their own, and no stranger empties those of others: a browser
 * in which this account has signed in right ({@link Devices}); else a network from which it lately has ({@link KnownPlaces});
 * else the pair of account and address, and the address. Each is finite: a colleague behind the same address guesses too.
 */
@Component
public class SignInThrottle {
    /** Longer than any account's name: nobody fills the memory with names. */
    private static final int LONGEST_NAME = 64;

    private static final Duration SLOWLY = Duration.ofSeconds(30);
    private static final Bandwidth A_DEVICE = bandwidth(10, SLOWLY);
    /** As many as are answered at once: programs send their password with each call. */
    private static final Bandwidth A_KNOWN_PLACE = bandwidth(64, SLOWLY);

    private static final Bandwidth A_PAIR = bandwidth(5, SLOWLY);
    private static final Bandwidth AN_ADDRESS = bandwidth(50, Duration.ofSeconds(3));
    private static final Bandwidth A_PAIR_OF_A_WIDE_NETWORK = bandwidth(20, SLOWLY);
    private static final Bandwidth A_WIDE_NETWORK = bandwidth(200, Duration.ofSeconds(1));
    /** Who has one IPv6 address has its whole network: 64 bits at home, 48 where networks are bought. */
    private static final int ADDRESS_BITS = 64;

    private static final int WIDE_BITS = 48;
    private static final int MOST = 20_000;

    private final MeterRegistry metrics;
    private final TimeMeter time;
    private final Devices devices;
    private final KnownPlaces places;
    private final Map<Bandwidth, Cache<List<String>, Bucket>> buckets = new ConcurrentHashMap<>();

    SignInThrottle(Clock clock, MeterRegistry metrics, Devices devices, KnownPlaces places) {
        this.metrics = metrics;
        this.time = new Meter(clock);
        this.devices = devices;
        this.places = places;
    }

    private static Bandwidth bandwidth(int capacity, Duration one) {
        return Bandwidth.builder().capacity(capacity).refillGreedy(1, one).build();
    }

    /**
     * Runs {@code check} if it is this caller's turn; it throws {@link BadCredentialsException} where the password is wrong.
     *
     * @throws TooManySignIns without running it, where it is not
     */
    public <T> T attempt(String account, SignInDetails details, Supplier<T> check) {
        Deque<Bucket> taken = new ArrayDeque<>();
        boolean wrong = false;
        try {
            take(account.length() > LONGEST_NAME ? "" : account, details, taken);
            T signedIn = check.get();
            places.learn(account, network(details.address(), ADDRESS_BITS));
            count("right");
            return signedIn;
        } catch (BadCredentialsException refused) {
            wrong = true;
            count("wrong");
            throw refused;
        } finally {
            // Taken before the look, so that many at once gain nothing; what was no wrong guess is given back.
            if (!wrong) {
                taken.forEach(bucket -> bucket.addTokens(1));
            }
        }
    }

    private void take(String account, SignInDetails details, Deque<Bucket> taken) {
        String network = network(details.address(), ADDRESS_BITS);
        Optional<String> device = devices.of(account, details.device());
        if (device.isPresent()) {
            take(A_DEVICE, taken, account, device.get());
        } else if (places.knows(account, network)) {
            take(A_KNOWN_PLACE, taken, account, network);
        } else {
            String wide = network(details.address(), WIDE_BITS);
            boolean isWide = !wide.equals(network);
            // The account comes last: a caller who is slowed down already cannot push out other buckets with made-up
            // names.
            if (isWide) {
                take(A_WIDE_NETWORK, taken, wide);
            }
            take(AN_ADDRESS, taken, network);
            if (isWide) {
                take(A_PAIR_OF_A_WIDE_NETWORK, taken, account, wide);
            }
            take(A_PAIR, taken, account, network);
        }
    }

    private void take(Bandwidth bandwidth, Deque<Bucket> taken, String... whose) {
        Bucket bucket = buckets.computeIfAbsent(
                        bandwidth,
                        kind -> Caffeine.newBuilder().maximumSize(MOST).build())
                .get(List.of(whose), key -> bucket(bandwidth));
        ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
        if (!probe.isConsumed()) {
            count("throttled");
            throw new TooManySignIns(Duration.ofNanos(probe.getNanosToWaitForRefill()));
        }
        taken.push(bucket);
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

    /** The network of an IPv6 address, by its first bits; an IPv4 address is one by itself. */
    static String network(String address, int bits) {
        try {
            // A numeric address is looked up nowhere; anything else stays as it is.
            if (address.indexOf(':') >= 0 && InetAddress.getByName(address) instanceof Inet6Address six) {
                byte[] network = Arrays.copyOf(Arrays.copyOf(six.getAddress(), bits / Byte.SIZE), 16);
                return InetAddress.getByAddress(network).getHostAddress() + "/" + bits;
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
