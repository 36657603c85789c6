package dev.drawbridge.process;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.drawbridge.directory.AccountsNow.WithPassword;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Which passwords were right within the last minutes, so that programs, which send theirs with each call, cost no look at it
 * each time, however slow a look is made. No password is kept, only a seal under a key that this process alone has and never
 * writes down. What the account is now is sealed with it, as it was read in this very call: once the password, or the account,
 * is another, the seal is another, on every node.
 */
class RightPasswords {
    static final Duration LONGEST = Duration.ofMinutes(2);
    private static final int MOST = 10_000;

    private final SecretKeySpec key;
    private final Cache<ByteBuffer, Boolean> right;

    RightPasswords(Clock clock) {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        this.key = new SecretKeySpec(random, "HmacSHA256");
        // Filled by right passwords alone: no stranger pushes anybody out of it.
        this.right = Caffeine.newBuilder()
                .expireAfterWrite(LONGEST)
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .maximumSize(MOST)
                .build();
    }

    /** Whether this is the account's password: by memory, or else by a look, which is remembered where it is. */
    boolean fits(String id, WithPassword now, String password, BooleanSupplier look) {
        ByteBuffer seal =
                seal(id, now.account().generation(), String.valueOf(now.hash()), String.valueOf(now.salt()), password);
        if (right.getIfPresent(seal) != null) {
            return true;
        }
        if (!look.getAsBoolean()) {
            return false;
        }
        right.put(seal, true);
        return true;
    }

    /** Each part with its length before it: no two read the same. */
    private ByteBuffer seal(String... parts) {
        try {
            Mac mac = Mac.getInstance(key.getAlgorithm());
            mac.init(key);
            for (String part : parts) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
                mac.update(bytes);
            }
            return ByteBuffer.wrap(mac.doFinal());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
