package dev.drawbridge.platform;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Lazy;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Marks the browser in which somebody has signed in right, with a cookie that says nothing to anybody else: who guesses at
 * that account from wherever is told apart from it. It holds for this account as it is now, and for no other.
 */
@Component
class Devices {
    static final String COOKIE = "DRAWBRIDGE-DEVICE";
    private static final Duration LONGEST = Duration.ofDays(90);
    private static final Pattern MARK =
            Pattern.compile("(?<device>[A-Za-z0-9_-]{22})\\.(?<until>[0-9]{1,12})\\.(?<seal>[A-Za-z0-9_-]{43})");
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final JdbcClient jdbc;
    private final Accounts accounts;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private volatile byte @Nullable [] key;

    Devices(@Lazy JdbcClient jdbc, Accounts accounts, Clock clock) {
        this.jdbc = jdbc;
        this.accounts = accounts;
        this.clock = clock;
    }

    /** What the browser of this call shows, not yet looked at. */
    static Optional<String> shownBy(HttpServletRequest request) {
        return Optional.ofNullable(request.getCookies()).stream()
                .flatMap(Arrays::stream)
                .filter(cookie -> cookie.getName().equals(COOKIE))
                .map(Cookie::getValue)
                .findFirst();
    }

    /** The browser that a cookie marks for this account; none where it marks none. */
    Optional<String> of(String account, @Nullable String cookie) {
        Matcher mark = MARK.matcher(String.valueOf(cookie));
        if (!mark.matches()
                || Instant.ofEpochSecond(Long.parseLong(mark.group("until"))).isBefore(clock.instant())) {
            return Optional.empty();
        }
        return accounts.now(account)
                .filter(now -> MessageDigest.isEqual(
                        seal(account, now.generation(), mark.group("device"), mark.group("until")),
                        Base64.getUrlDecoder().decode(mark.group("seal"))))
                .map(now -> mark.group("device"));
    }

    /** Marks the browser of this call for who has signed in there. */
    void mark(SignIn who, HttpServletRequest request, HttpServletResponse response) {
        String device = of(who.person(), shownBy(request).orElse(null)).orElseGet(this::fresh);
        String until = Long.toString(clock.instant().plus(LONGEST).getEpochSecond());
        String cookie = device + "." + until + "."
                + BASE64.encodeToString(seal(who.person(), String.valueOf(who.generation()), device, until));
        response.addHeader(
                HttpHeaders.SET_COOKIE,
                ResponseCookie.from(COOKIE, cookie)
                        .httpOnly(true)
                        .sameSite("Strict")
                        .secure(request.isSecure())
                        .path(request.getContextPath() + "/sign-in")
                        .maxAge(LONGEST)
                        .build()
                        .toString());
    }

    private String fresh() {
        byte[] device = new byte[16];
        random.nextBytes(device);
        return BASE64.encodeToString(device);
    }

    /** Each part with its length before it: no two read the same. */
    private byte[] seal(String... parts) {
        StringBuilder text = new StringBuilder();
        for (String part : parts) {
            text.append(part.length()).append(':').append(part);
        }
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key(), mac.getAlgorithm()));
            return mac.doFinal(text.toString().getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Made with the database: all nodes on it have the same, and it outlives them. */
    private byte[] key() {
        byte[] known = key;
        if (known == null) {
            known = jdbc.sql("select device_key from installation")
                    .query(String.class)
                    .single()
                    .getBytes(StandardCharsets.UTF_8);
            key = known;
        }
        return known;
    }
}
