package dev.drawbridge.audit.log;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;

/**
 * The public half of a key that signs notes, in C2SP's words a verifier key: {@code name+id+base64(type ‖ key)}.
 *
 * @param type {@link #LOG} signs a log's own checkpoints, {@link #WITNESS} cosigns those of others
 */
record VerifierKey(String name, byte type, byte[] key) {
    static final byte LOG = 1;
    static final byte WITNESS = 4;

    /** Refuses what is no such line. */
    static VerifierKey parse(String line) {
        String[] parts = line.strip().split("\\+", 3);
        if (parts.length == 3) {
            try {
                byte[] typed = Base64.getDecoder().decode(parts[2]);
                if (typed.length == 1 + Ed25519.KEY && (typed[0] == LOG || typed[0] == WITNESS) && isName(parts[0])) {
                    VerifierKey key = new VerifierKey(parts[0], typed[0], Arrays.copyOfRange(typed, 1, typed.length));
                    if (key.idInHex().equals(parts[1].toLowerCase(Locale.ROOT))) {
                        return key;
                    }
                }
            } catch (IllegalArgumentException noBase64) {
                // Told below.
            }
        }
        throw new IllegalArgumentException("No public key of a log or a witness (name+id+key): " + line.strip());
    }

    static boolean isName(String name) {
        return !name.isEmpty()
                && name.chars().noneMatch(sign -> sign == '+' || Character.isWhitespace(sign) || sign < ' ');
    }

    int id() {
        var digest = Hashing.sha256();
        digest.update(name.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) '\n');
        digest.update(type);
        return ByteBuffer.wrap(digest.digest(key)).getInt();
    }

    private String idInHex() {
        return String.format("%08x", id());
    }

    @Override
    public String toString() {
        byte[] typed = ByteBuffer.allocate(1 + key.length).put(type).put(key).array();
        return name + "+" + idInHex() + "+" + Base64.getEncoder().encodeToString(typed);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VerifierKey one && one.toString().equals(toString());
    }

    @Override
    public int hashCode() {
        return toString().hashCode();
    }
}
