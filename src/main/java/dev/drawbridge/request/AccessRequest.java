package dev.drawbridge.request;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What somebody asked for. It never changes once it is submitted.
 *
 * @param processInstanceId the one process instance that carries it
 * @param startsAt when access is to start; none: as soon as it is cleared
 * @param extending the request whose access this one asks to have for longer; none: it asks for access of its own. The
 *     duration is then what is added
 */
public record AccessRequest(
        UUID id,
        String processInstanceId,
        String requester,
        String entitlement,
        Duration duration,
        String justification,
        @Nullable String ticket,
        @Nullable Instant startsAt,
        Instant submittedAt,
        @Nullable UUID extending) {

    /** The same request for less, for rules to look at; it is never recorded. */
    public AccessRequest narrowedTo(String lesser, Duration shorter) {
        return new AccessRequest(
                id,
                processInstanceId,
                requester,
                lesser,
                shorter,
                justification,
                ticket,
                startsAt,
                submittedAt,
                extending);
    }

    /** A fingerprint of the content: a verdict holds for exactly this and nothing else. */
    public String digest() {
        StringBuilder content = new StringBuilder();
        List<@Nullable Object> parts = new ArrayList<>(Arrays.asList(
                id, processInstanceId, requester, entitlement, duration, justification, ticket, startsAt, submittedAt));
        if (extending != null) {
            parts.add(extending);
        }
        for (Object part : parts) {
            String text = String.valueOf(part);
            // The length in front keeps two neighbours from being shifted into one another.
            content.append(text.length()).append(':').append(text);
        }
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(content.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
