package dev.drawbridge.audit.log;

import dev.drawbridge.platform.CurrentSignIn;
import dev.drawbridge.platform.Refusal;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The log as C2SP's tlog-tiles have it, for any program that reads those. Tiles and entries are for those who may read the whole record;
 * checkpoint and key for whoever has signed in.
 */
@RestController
@RequestMapping({"/api/v1/audit-log", "/audit-log"})
@Tag(name = "Record")
class AuditLogResource {
    private static final MediaType TEXT = new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8);
    private static final int BYTE = 8;

    private final LogStore store;
    private final Verification verification;
    private final Witness witness;
    private final LogReaders readers;

    AuditLogResource(LogStore store, Verification verification, Witness witness, LogReaders readers) {
        this.store = store;
        this.verification = verification;
        this.witness = witness;
        this.readers = readers;
    }

    @GetMapping("/checkpoint")
    @Operation(summary = "How large the record is and what its root is, signed")
    ResponseEntity<byte[]> checkpoint() {
        CurrentSignIn.require();
        return text(witness.checkpoint()
                .orElseThrow(() -> missing("nothing-sealed", "Nothing is sealed yet. Try again in a second."))
                .toString());
    }

    @GetMapping("/key")
    @Operation(summary = "The public keys that have signed the record, the one of now first, one a line")
    ResponseEntity<byte[]> key() {
        CurrentSignIn.require();
        return text(verification.keys().stream().map(key -> key + "\n").collect(Collectors.joining()));
    }

    @GetMapping("/tile/{*path}")
    @Operation(
            summary = "256 hashes of the record, or 256 entries",
            description =
                    "Named as C2SP's tlog-tiles name them: <level>/<number>, entries/<number>, each with .p/<width> for a part.")
    ResponseEntity<byte[]> tile(@PathVariable String path) {
        readers.require();
        byte[] tile = TilePath.parse(path.substring(1))
                .filter(this::isThere)
                .map(this::read)
                .orElseThrow(() -> missing("no-such-tile", "There is no such part of the log."));
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_OCTET_STREAM)
                .body(tile);
    }

    private boolean isThere(TilePath tile) {
        long hashes = tile.level() >= BYTE ? 0 : store.ends()[1] >> Math.max(tile.level(), 0) * MerkleTree.HEIGHT;
        return tile.from() + tile.width() <= hashes;
    }

    private byte[] read(TilePath tile) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        if (tile.level() == TilePath.ENTRIES) {
            store.leaves(tile.from(), tile.width()).forEach(leaf -> {
                if (leaf.entry() == null) {
                    throw missing("entry-gone", "Entry " + leaf.entryId() + " is gone from the record.");
                }
                byte[] entry = leaf.entry().leaf();
                bytes.write(entry.length >> BYTE);
                bytes.write(entry.length);
                bytes.writeBytes(entry);
            });
        } else {
            List<byte[]> hashes = store.read(tile.level(), tile.from(), tile.width());
            hashes.forEach(bytes::writeBytes);
        }
        return bytes.toByteArray();
    }

    private static ResponseEntity<byte[]> text(String text) {
        return ResponseEntity.ok().contentType(TEXT).body(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Refusal missing(String code, String sentence) {
        return Refusal.of(Refusal.Kind.NOT_FOUND, code, sentence);
    }
}
