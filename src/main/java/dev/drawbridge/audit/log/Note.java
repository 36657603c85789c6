package dev.drawbridge.audit.log;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A signed note (C2SP): a text, and lines that sign it. Lines of keys that nobody knows are passed over.
 *
 * @param text with the line feed that ends it
 * @param signatures lines, each with its line feed
 */
record Note(String text, List<String> signatures) {
    static final String DASH = "— ";

    private static final int LONGEST = 1_000_000;

    /** Refuses what is no signed note. */
    static Note parse(String note) {
        int blank = note.lastIndexOf("\n\n");
        if (blank < 0 || note.length() > LONGEST || !note.endsWith("\n") || blank + 2 == note.length()) {
            throw new IllegalArgumentException("This is no signed note.");
        }
        List<String> lines =
                note.substring(blank + 2).lines().map(line -> line + "\n").toList();
        if (lines.stream().anyMatch(line -> !line.startsWith(DASH))) {
            throw new IllegalArgumentException("This is no signed note.");
        }
        return new Note(note.substring(0, blank + 1), lines);
    }

    @Override
    public String toString() {
        return text + "\n" + String.join("", signatures);
    }

    Note with(String line) {
        return new Note(
                text,
                java.util.stream.Stream.concat(signatures.stream(), java.util.stream.Stream.of(line))
                        .toList());
    }

    /** Whether a log has signed it with this key. */
    boolean isSignedBy(VerifierKey key) {
        return key.type() == VerifierKey.LOG
                && signatures.stream()
                        .flatMap(line -> of(key, line).stream())
                        .anyMatch(signature ->
                                Ed25519.isSigned(key.key(), text.getBytes(StandardCharsets.UTF_8), signature));
    }

    /** When a witness has cosigned it with this key, in seconds since 1970; none where it has not. */
    OptionalLong cosignedBy(VerifierKey key) {
        return signatures.stream()
                .flatMap(line -> cosigned(key, line).stream())
                .mapToLong(Long::longValue)
                .findFirst();
    }

    private Optional<Long> cosigned(VerifierKey key, String line) {
        return of(key, line)
                .filter(signature ->
                        key.type() == VerifierKey.WITNESS && signature.length == Long.BYTES + Ed25519.SIGNATURE)
                .flatMap(signature -> {
                    ByteBuffer parts = ByteBuffer.wrap(signature);
                    long at = parts.getLong();
                    byte[] signed = new byte[Ed25519.SIGNATURE];
                    parts.get(signed);
                    return Ed25519.isSigned(key.key(), cosigned(text, at), signed) ? Optional.of(at) : Optional.empty();
                });
    }

    /** The bytes of this key's signature in a line; none where it is another's. */
    private static Optional<byte[]> of(VerifierKey key, String line) {
        String start = DASH + key.name() + " ";
        if (!line.startsWith(start)) {
            return Optional.empty();
        }
        try {
            byte[] whole =
                    Base64.getDecoder().decode(line.substring(start.length()).strip());
            if (whole.length > Integer.BYTES && ByteBuffer.wrap(whole).getInt() == key.id()) {
                return Optional.of(java.util.Arrays.copyOfRange(whole, Integer.BYTES, whole.length));
            }
        } catch (IllegalArgumentException noBase64) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    /** What a witness signs. */
    static byte[] cosigned(String text, long seconds) {
        return ("cosignature/v1\ntime " + seconds + "\n" + text).getBytes(StandardCharsets.UTF_8);
    }
}
