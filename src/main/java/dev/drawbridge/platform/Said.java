package dev.drawbridge.platform;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The claims of a verified token. What is of another kind than it should be counts as not said: no number is a name.
 *
 * @param claims by name
 */
record Said(Map<String, Object> claims) {
    Optional<String> text(String claim) {
        return Optional.ofNullable(claims.get(claim))
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .map(String::strip)
                .filter(text -> !text.isEmpty());
    }

    /** The first of these that is there. */
    Optional<String> text(List<String> names) {
        return names.stream().map(this::text).flatMap(Optional::stream).findFirst();
    }

    /** All texts of a claim that is one, or a list of them. */
    List<String> texts(String claim) {
        Object said = claims.get(claim);
        Stream<?> all = said instanceof Collection<?> many ? many.stream() : Stream.ofNullable(said);
        return all.filter(String.class::isInstance).map(String.class::cast).toList();
    }

    boolean has(String claim) {
        return claims.get(claim) != null;
    }

    /** A moment, in seconds since 1970 or as the reader of the token has made one of it. */
    Optional<Instant> moment(String claim) {
        try {
            return Optional.ofNullable(claims.get(claim))
                    .map(said -> said instanceof Instant known
                            ? known
                            : said instanceof Number seconds ? Instant.ofEpochSecond(seconds.longValue()) : null);
        } catch (DateTimeException unreadable) {
            return Optional.empty();
        }
    }
}
