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
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the record in the form that the log commits to, described in {@code src/docs/audit-log.md}: a JSON object with these seven
 * members, written in one way only.
 */
public final class CanonicalEntry {
    /** The most that a tile's bundle can take of one entry, in bytes. */
    static final int LARGEST = 65_535;

    private static final DateTimeFormatter MICROSECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);
    private static final Set<String> MEMBERS = Set.of("actor", "at", "details", "id", "kind", "request", "sentence");

    private final JsonNode entry;

    private CanonicalEntry(JsonNode entry) {
        this.entry = entry;
    }

    /** As it lies in the database; {@code details} is JSON. */
    static CanonicalEntry of(
            long id, Instant at, String actor, String kind, @Nullable UUID request, String sentence, String details) {
        ObjectNode entry = JsonNodeFactory.instance.objectNode();
        entry.put("id", id);
        entry.put("at", MICROSECONDS.format(at));
        entry.put("actor", actor);
        entry.put("kind", kind);
        entry.put("request", request == null ? null : request.toString());
        entry.put("sentence", sentence);
        try {
            entry.set("details", CanonicalJson.read(details));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
        return new CanonicalEntry(entry);
    }

    /** As it was exported; refuses what has other members than an entry has. */
    static CanonicalEntry of(JsonNode entry) {
        Set<String> members = new TreeSet<>();
        entry.fieldNames().forEachRemaining(members::add);
        if (!members.equals(MEMBERS)) {
            throw new IllegalArgumentException(
                    "An entry has the members " + new TreeSet<>(MEMBERS) + ", not " + members);
        }
        return new CanonicalEntry(entry);
    }

    public long id() {
        return entry.path("id").longValue();
    }

    /** The whole entry, in the one way to write it. */
    public String json() {
        return CanonicalJson.write(entry);
    }

    /**
     * What the leaf commits to: the entry as it is written, or, where that is more than 65,535 bytes, with the digest of the details in
     * their place, and then of the sentence.
     */
    byte[] leaf() {
        byte[] whole = json().getBytes(StandardCharsets.UTF_8);
        if (whole.length <= LARGEST) {
            return whole;
        }
        ObjectNode smaller = entry.deepCopy();
        smaller.set("details", digest(CanonicalJson.write(entry.path("details"))));
        byte[] withoutDetails = CanonicalJson.write(smaller).getBytes(StandardCharsets.UTF_8);
        if (withoutDetails.length <= LARGEST) {
            return withoutDetails;
        }
        smaller.set("sentence", digest(entry.path("sentence").asText()));
        return CanonicalJson.write(smaller).getBytes(StandardCharsets.UTF_8);
    }

    public byte[] leafHash() {
        return Hashing.leaf(leaf());
    }

    private static JsonNode digest(String text) {
        return JsonNodeFactory.instance
                .objectNode()
                .put(
                        "sha256",
                        HexFormat.of().formatHex(Hashing.sha256().digest(text.getBytes(StandardCharsets.UTF_8))));
    }
}
