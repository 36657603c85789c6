package dev.drawbridge.publication;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Files that are published together.
 *
 * @param byPath their contents, by paths such as {@code rules/levels.yaml}
 */
public record PublishedFiles(SortedMap<String, byte[]> byPath) {
    /** The folder with the guardrails and what they speak of. */
    public static final String RULES = "rules/";

    /** The folder with the processes and their forms. */
    public static final String PROCESSES = "processes/";

    static final PublishedFiles NONE = new PublishedFiles(new TreeMap<>());

    public PublishedFiles {
        byPath = Collections.unmodifiableSortedMap(new TreeMap<>(byPath));
    }

    static PublishedFiles of(SortedMap<String, byte[]> rules, SortedMap<String, byte[]> processes) {
        SortedMap<String, byte[]> all = new TreeMap<>();
        rules.forEach((path, content) -> all.put(RULES + path, content));
        processes.forEach((path, content) -> all.put(PROCESSES + path, content));
        return new PublishedFiles(all);
    }

    /** Those in one folder, by their paths in it. */
    public SortedMap<String, byte[]> in(String folder) {
        SortedMap<String, byte[]> inside = new TreeMap<>();
        byPath.forEach((path, content) -> {
            if (path.startsWith(folder)) {
                inside.put(path.substring(folder.length()), content);
            }
        });
        return inside;
    }

    /** SHA-256 over all paths and contents, in hexadecimal. */
    public String fingerprint() {
        return fingerprint(byPath);
    }

    /** SHA-256 over what is in one folder. */
    public String fingerprint(String folder) {
        return fingerprint(in(folder));
    }

    private static String fingerprint(SortedMap<String, byte[]> files) {
        MessageDigest digest = sha256();
        files.forEach((path, content) -> {
            // Each part with its length before it: no two sets of files read the same.
            add(digest, path.getBytes(StandardCharsets.UTF_8));
            add(digest, content);
        });
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void add(MessageDigest digest, byte[] part) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).flip());
        digest.update(part);
    }

    static String sha256(byte[] content) {
        return HexFormat.of().formatHex(sha256().digest(content));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
