package dev.drawbridge.audit.log;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the record in the form that the log commits to, described in {@code src/docs/audit-log.md}: a JSON object, written in one
 * way only. Its details are in the leaf as a digest with a salt, so that an entry can be proven to people who may read the sentence alone.
 */
public final class CanonicalEntry {
    /** The most that a tile's bundle can take of one entry, in bytes. */
    static final int LARGEST = 65_535;

    private static final DateTimeFormatter MICROSECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);
    private static final String DETAILS = "details";
    private static final String SALT = "salt";
    private static final String DETAILS_HASH = "detailsHash";
    private static final String SENTENCE = "sentence";
    private static final Set<String> WHOLE = Set.of("actor", "at", DETAILS, "id", "kind", "request", SALT, SENTENCE);
    private static final Set<String> LEAF = Set.of("actor", "at", DETAILS_HASH, "id", "kind", "request", SENTENCE);

    private final JsonNode entry;

    private CanonicalEntry(JsonNode entry) {
        this.entry = entry;
    }

    /**
     * What is told of an entry beside its details.
     *
     * @param request the request that it is about, if it is about one
     */
    record Told(
            long id,
            Instant at,
            String actor,
            String kind,
            @Nullable UUID request,
            String sentence) {}

    /** As it lies in the database; {@code details} is JSON. Entries of earlier releases have no salt. */
    static CanonicalEntry of(Told told, String details, @Nullable UUID salt) {
        ObjectNode entry = JsonNodeFactory.instance.objectNode();
        entry.put("id", told.id());
        entry.put("at", MICROSECONDS.format(told.at()));
        entry.put("actor", told.actor());
        entry.put("kind", told.kind());
        entry.put("request", Objects.toString(told.request(), null));
        entry.put(SENTENCE, told.sentence());
        entry.put(SALT, Objects.toString(salt, null));
        try {
            entry.set(DETAILS, CanonicalJson.read(details));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
        return new CanonicalEntry(entry);
    }

    /** As it was exported, whole or without its details; refuses what has other members than an entry has. */
    static CanonicalEntry of(JsonNode entry) {
        Set<String> members = new TreeSet<>();
        entry.fieldNames().forEachRemaining(members::add);
        if (!members.equals(WHOLE) && !members.equals(LEAF)) {
            throw new IllegalArgumentException("an entry has the members " + new TreeSet<>(WHOLE) + " or "
                    + new TreeSet<>(LEAF) + ", and this one " + members);
        }
        return new CanonicalEntry(entry);
    }

    public long id() {
        return entry.path("id").longValue();
    }

    /** The whole entry. */
    JsonNode tree() {
        return entry;
    }

    /** The entry without its details, which are a digest there. */
    ObjectNode withoutDetails() {
        ObjectNode told = JsonNodeFactory.instance.objectNode();
        LEAF.stream().filter(entry::has).forEach(member -> told.set(member, entry.get(member)));
        if (entry.has(DETAILS)) {
            told.put(DETAILS_HASH, digest(entry.path(SALT).asText("") + CanonicalJson.write(entry.path(DETAILS))));
        }
        return told;
    }

    /** The whole entry, in the one way to write it. */
    public String json() {
        return CanonicalJson.write(entry);
    }

    /** What the leaf commits to: the entry without its details, and with a digest of the sentence where that would be too long. */
    byte[] leaf() {
        ObjectNode told = withoutDetails();
        byte[] usual = CanonicalJson.write(told).getBytes(StandardCharsets.UTF_8);
        if (usual.length <= LARGEST) {
            return usual;
        }
        told.remove(SENTENCE);
        told.put("sentenceHash", digest(entry.path(SENTENCE).asText()));
        return CanonicalJson.write(told).getBytes(StandardCharsets.UTF_8);
    }

    public byte[] leafHash() {
        return Hashing.leaf(leaf());
    }

    private static String digest(String text) {
        return HexFormat.of().formatHex(Hashing.sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
    }
}
