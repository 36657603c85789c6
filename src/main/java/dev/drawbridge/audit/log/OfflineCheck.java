package dev.drawbridge.audit.log;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.BitSet;
import java.util.List;
import java.util.stream.StreamSupport;

/** Holds an export, or the proof of a request, against a checkpoint: with files alone, no server and no database. */
public final class OfflineCheck {
    /** What a proof's {@code format} says. */
    static final String PROOF = "drawbridge-proof-1";

    private static final int MOST_TOLD = 20;
    private static final int MOST_ENTRIES = 60_000_000;

    private final Checkpoint checkpoint;
    private final List<String> problems = new ArrayList<>();
    private final BitSet seen = new BitSet();
    private final byte[][] leaves;
    private long proven;
    private long beyond;

    private OfflineCheck(Checkpoint checkpoint) {
        this.checkpoint = checkpoint;
        this.leaves = new byte[(int) Math.min(MOST_ENTRIES, checkpoint.size())][];
    }

    /**
     * What came of it.
     *
     * @param lines for people, the first about what is wrong, if anything is
     */
    public record Result(boolean ok, List<String> lines) {}

    /**
     * Checks a file.
     *
     * @param file an export (NDJSON), or the proof of a request
     * @param checkpoint the signed checkpoint; for a proof, empty: the one in it counts
     * @param keys lines with the public keys that are trusted to sign the log
     * @param witnesses lines with the public keys of witnesses, each of which must have cosigned it
     */
    public static Result of(Path file, String checkpoint, List<String> keys, List<String> witnesses)
            throws IOException {
        try {
            JsonNode proof = proof(file);
            String given = checkpoint.isEmpty() && proof != null
                    ? proof.path("checkpoint").asText()
                    : checkpoint;
            if (given.isEmpty()) {
                return new Result(false, List.of("An export is verified against a checkpoint: name its file."));
            }
            Checkpoint signed = signed(Note.parse(given), keys, witnesses);
            OfflineCheck check = new OfflineCheck(signed);
            if (proof != null) {
                int number = 0;
                for (JsonNode line : proof.path("entries")) {
                    check.look("Entry " + (++number) + " of the proof", line);
                }
                check.requireStory(proof);
            } else {
                check.read(file);
                check.requireWhole();
            }
            return check.result();
        } catch (IllegalArgumentException wrong) {
            return new Result(false, List.of(String.valueOf(wrong.getMessage())));
        }
    }

    private static Checkpoint signed(Note note, List<String> keys, List<String> witnesses) {
        Checkpoint checkpoint = Checkpoint.parse(note.text());
        boolean signed = keys.stream()
                .map(VerifierKey::parse)
                .anyMatch(key -> key.name().equals(checkpoint.origin()) && note.isSignedBy(key));
        if (!signed) {
            throw new IllegalArgumentException("The checkpoint is not signed with the key that was named.");
        }
        if (!witnesses.stream()
                .map(VerifierKey::parse)
                .allMatch(key -> note.cosignedBy(key).isPresent())) {
            throw new IllegalArgumentException("The checkpoint is not cosigned by the witness that was named.");
        }
        if (checkpoint.size() > MOST_ENTRIES) {
            throw new IllegalArgumentException(
                    "A log of more than " + MOST_ENTRIES + " entries is too large for this command.");
        }
        return checkpoint;
    }

    /** None where the file is no proof, but an export. */
    @org.jspecify.annotations.Nullable
    private static JsonNode proof(Path file) throws IOException {
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            JsonNode first = CanonicalJson.READER
                    .reader()
                    .without(com.fasterxml.jackson.databind.DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .readTree(reader);
            return first != null && first.has("format") && first.has("checkpoint") ? first : null;
        } catch (JsonProcessingException | MalformedInputException toldWhenItIsRead) {
            return null;
        }
    }

    private void read(Path file) throws IOException {
        try (BufferedReader reader = new BufferedReader(
                new java.io.InputStreamReader(Files.newInputStream(file), java.nio.charset.StandardCharsets.UTF_8))) {
            long number = 0;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                if (!line.isBlank()) {
                    read("Line " + number, line);
                }
            }
        }
    }

    private void read(String where, String line) {
        try {
            look(where, CanonicalJson.read(line));
        } catch (JsonProcessingException noJson) {
            found(where + " cannot be read.");
        }
    }

    private void look(String where, JsonNode line) {
        CanonicalEntry entry;
        byte[] leaf;
        try {
            entry = CanonicalEntry.of(entry(line));
            leaf = entry.leafHash();
        } catch (IllegalArgumentException wrong) {
            found(where + " is no entry: " + wrong.getMessage() + ".");
            return;
        }
        String who = where + ", entry " + entry.id() + ",";
        if (line.path("index").isNull()
                || line.path("index").canConvertToLong() && line.path("index").asLong() >= checkpoint.size()) {
            beyond++;
            return;
        }
        if (!line.path("index").canConvertToInt() || line.path("index").asInt() < 0) {
            found(who + " says no place.");
            return;
        }
        int index = line.path("index").asInt();
        if (!Base64.getEncoder()
                .encodeToString(leaf)
                .equals(line.path("leafHash").asText())) {
            found(who + " is not what was sealed at place " + index + ".");
        } else if (seen.get(index)) {
            found(who + " is at place " + index + ", where another one is.");
        } else if (line.has("proof")
                && !Proofs.includes(checkpoint.root(), checkpoint.size(), index, leaf, path(line))) {
            found(who + " is not in the log of this checkpoint: its proof does not lead to the root.");
        } else {
            proven += line.has("proof") ? 1 : 0;
            leaves[index] = leaf;
        }
        seen.set(index);
    }

    /** Of an export, the entry's members stand beside its place; of a proof, they stand apart. */
    private static JsonNode entry(JsonNode line) {
        if (!(line instanceof ObjectNode object) || !line.has("index") || !line.has("leafHash")) {
            throw new IllegalArgumentException(
                    "it says neither its place ('index') nor what was sealed there ('leafHash')");
        }
        ObjectNode rest = object.deepCopy();
        rest.remove(List.of("index", "leafHash", "proof"));
        if (!rest.has("entry")) {
            return rest;
        }
        if (rest.size() > 1) {
            throw new IllegalArgumentException("it has more members than index, leafHash and entry");
        }
        return rest.path("entry");
    }

    private static List<byte[]> path(JsonNode line) {
        try {
            return StreamSupport.stream(line.path("proof").spliterator(), false)
                    .map(hash -> Base64.getDecoder().decode(hash.asText()))
                    .toList();
        } catch (IllegalArgumentException noBase64) {
            return List.of();
        }
    }

    private void requireStory(JsonNode proof) {
        String request = proof.path("request").asText();
        for (JsonNode line : proof.path("entries")) {
            if (!line.path("entry").path("request").asText().equals(request)) {
                found("Entry " + line.path("entry").path("id").asText() + " is not about request " + request + ".");
            }
        }
        if (seen.isEmpty()) {
            found("There is no entry in it that the checkpoint covers.");
        }
        if (proven != seen.cardinality()) {
            found("Not every entry in it is proven.");
        }
    }

    private void requireWhole() {
        if (!problems.isEmpty() || proven == seen.cardinality() && proven > 0) {
            return;
        }
        int missing = seen.nextClearBit(0);
        if (missing < checkpoint.size()) {
            found("Of the " + checkpoint.size() + " entries of the checkpoint, "
                    + (checkpoint.size() - seen.cardinality())
                    + " are not in the export, the first at place " + missing
                    + ": only a whole export, or one with proofs, can be verified.");
            return;
        }
        Growth growth = new Growth();
        Arrays.stream(leaves).forEach(growth::add);
        if (!Arrays.equals(growth.root(), checkpoint.root())) {
            found(
                    "The entries do not come to the root that was signed: at least one of them, with its hash, is another.");
        }
    }

    private void found(String sentence) {
        if (problems.size() < MOST_TOLD) {
            problems.add(sentence);
        }
    }

    private Result result() {
        List<String> lines = new ArrayList<>(problems);
        if (problems.isEmpty()) {
            lines.add(seen.cardinality() + " entries are as they were sealed in the log " + checkpoint.origin()
                    + ", whose checkpoint" + " of " + checkpoint.size() + " entries is signed.");
        }
        if (beyond > 0) {
            lines.add(beyond + " entries are younger than the checkpoint, and not covered by it.");
        }
        return new Result(problems.isEmpty(), lines);
    }
}
