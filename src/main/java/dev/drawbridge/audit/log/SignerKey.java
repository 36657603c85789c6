package dev.drawbridge.audit.log;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;

/** The private half, as Go's note package writes it: {@code PRIVATE+KEY+name+id+base64(type ‖ seed)}. */
final class SignerKey {
    private static final String PREFIX = "PRIVATE+KEY+";

    private final byte[] seed;
    private final VerifierKey verifier;

    private SignerKey(String name, byte type, byte[] seed) {
        this.seed = seed;
        this.verifier = new VerifierKey(name, type, Ed25519.publicKey(seed));
    }

    static SignerKey make(String name, byte type) {
        byte[] seed = new byte[Ed25519.KEY];
        new SecureRandom().nextBytes(seed);
        return new SignerKey(name, type, seed);
    }

    /** Refuses what is no such line; says nothing of what it holds. */
    static SignerKey parse(String line) {
        String[] parts = line.strip().split("\\+", 5);
        if (line.startsWith(PREFIX) && parts.length == 5 && VerifierKey.isName(parts[2])) {
            byte[] typed;
            try {
                typed = Base64.getDecoder().decode(parts[4]);
            } catch (IllegalArgumentException noBase64) {
                typed = new byte[0];
            }
            if (typed.length == 1 + Ed25519.KEY) {
                SignerKey key = new SignerKey(parts[2], typed[0], Arrays.copyOfRange(typed, 1, typed.length));
                if (key.written().equals(line.strip())) {
                    return key;
                }
            }
        }
        throw new IllegalArgumentException("This is no private key of a log or a witness (PRIVATE+KEY+name+id+key).");
    }

    VerifierKey verifier() {
        return verifier;
    }

    /** The line that is kept in a file; a secret. */
    String written() {
        String[] open = verifier.toString().split("\\+", 3);
        byte[] typed = ByteBuffer.allocate(1 + seed.length)
                .put(verifier.type())
                .put(seed)
                .array();
        return PREFIX + open[0] + "+" + open[1] + "+" + Base64.getEncoder().encodeToString(typed);
    }

    /** The line by which a log signs a text. */
    String sign(String text) {
        return line(Ed25519.sign(seed, text.getBytes(StandardCharsets.UTF_8)));
    }

    /** The line by which a witness says that it has seen a checkpoint at a moment (cosignature/v1). */
    String cosign(String text, Instant at) {
        byte[] signature = Ed25519.sign(seed, Note.cosigned(text, at.getEpochSecond()));
        return line(ByteBuffer.allocate(Long.BYTES + signature.length)
                .putLong(at.getEpochSecond())
                .put(signature)
                .array());
    }

    private String line(byte[] signature) {
        byte[] whole = ByteBuffer.allocate(Integer.BYTES + signature.length)
                .putInt(verifier.id())
                .put(signature)
                .array();
        return Note.DASH + verifier.name() + " " + Base64.getEncoder().encodeToString(whole) + "\n";
    }

    @Override
    public String toString() {
        return "SignerKey[" + verifier + "]";
    }
}
