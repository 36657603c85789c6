package dev.drawbridge.audit.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a witness has seen of logs. It compares with the last that it cosigned, and keeps the next, in one go. */
final class WitnessedLogs {
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String SIZE = "text/x.tlog.size";
    private static final int LONGEST_PROOF = 63;
    private static final Pattern CALL =
            Pattern.compile("old (0|[1-9][0-9]{0,17})\\n((?:[A-Za-z0-9+/]+=*\\n)*)\\n(.*)", Pattern.DOTALL);

    private final Path folder;
    private final SignerKey key;
    private final List<VerifierKey> logs;
    private final Clock clock;

    WitnessedLogs(Path folder, SignerKey key, List<VerifierKey> logs, Clock clock) {
        this.folder = folder;
        this.key = key;
        this.logs = logs;
        this.clock = clock;
    }

    record Answer(int status, String type, String body) {
        static Answer refused(int status, String why) {
            return new Answer(status, TEXT, why + "\n");
        }

        static Answer stale(long size) {
            return new Answer(409, SIZE, size + "\n");
        }
    }

    /** What was sent along: the size that the log believes to be the last seen, the proof, the checkpoint. */
    private record Call(long old, List<byte[]> proof, Note note, Checkpoint checkpoint) {}

    synchronized Answer add(String body) throws IOException {
        Call call;
        try {
            call = call(body);
        } catch (IllegalArgumentException unreadable) {
            return Answer.refused(400, String.valueOf(unreadable.getMessage()));
        }
        String origin = call.checkpoint().origin();
        if (logs.stream().noneMatch(log -> log.name().equals(origin))) {
            return Answer.refused(404, "This witness does not know the log.");
        }
        if (logs.stream()
                .noneMatch(log -> log.name().equals(origin) && call.note().isSignedBy(log))) {
            return Answer.refused(403, "The checkpoint is not signed by the log.");
        }
        if (call.old() > call.checkpoint().size()) {
            return Answer.refused(400, "The old size is larger than the new one.");
        }
        Optional<Checkpoint> last = last(origin);
        long size = last.map(Checkpoint::size).orElse(0L);
        byte[] root = last.map(Checkpoint::root).orElseGet(Hashing::ofNothing);
        if (call.old() != size
                || size == call.checkpoint().size()
                        && !Arrays.equals(root, call.checkpoint().root())) {
            return Answer.stale(size);
        }
        if (!Proofs.continues(
                size, root, call.checkpoint().size(), call.checkpoint().root(), call.proof())) {
            return Answer.refused(422, "The log that was seen before is not the beginning of this one.");
        }
        keep(origin, call.note());
        return new Answer(200, TEXT, key.cosign(call.note().text(), clock.instant()));
    }

    private static Call call(String body) {
        Matcher parts = CALL.matcher(body);
        if (!parts.matches()) {
            throw new IllegalArgumentException("This is no call to add a checkpoint.");
        }
        List<byte[]> proof = new ArrayList<>();
        parts.group(2).lines().forEach(line -> proof.add(Base64.getDecoder().decode(line)));
        if (proof.size() > LONGEST_PROOF || proof.stream().anyMatch(hash -> hash.length != Hashing.LENGTH)) {
            throw new IllegalArgumentException("This is no proof.");
        }
        Note note = Note.parse(parts.group(3));
        return new Call(Long.parseLong(parts.group(1)), proof, note, Checkpoint.parse(note.text()));
    }

    private Optional<Checkpoint> last(String origin) throws IOException {
        Path file = file(origin);
        return Files.exists(file)
                ? Optional.of(
                        Checkpoint.parse(Note.parse(Files.readString(file)).text()))
                : Optional.empty();
    }

    /** On the disk before anybody has the cosignature. */
    private void keep(String origin, Note note) throws IOException {
        Path next = folder.resolve(file(origin).getFileName() + ".part");
        try (FileChannel channel = FileChannel.open(
                next, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(note.toString().getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(next, file(origin), StandardCopyOption.ATOMIC_MOVE);
    }

    private Path file(String origin) {
        byte[] digest = Hashing.sha256().digest(origin.getBytes(StandardCharsets.UTF_8));
        return folder.resolve("log-" + HexFormat.of().formatHex(digest, 0, 8));
    }
}
