package dev.drawbridge.audit.log;

import java.util.Base64;
import java.util.regex.Pattern;

/** How large a log is and what its root is (C2SP tlog-checkpoint): the text of a signed note. */
record Checkpoint(String origin, long size, byte[] root) {
    private static final Pattern SIZE = Pattern.compile("0|[1-9][0-9]{0,17}");

    /** Reads the text of a note; refuses what is no checkpoint. */
    static Checkpoint parse(String text) {
        String[] lines = text.split("\n", -1);
        if (lines.length >= 4 && !lines[0].isEmpty() && SIZE.matcher(lines[1]).matches()) {
            try {
                byte[] root = Base64.getDecoder().decode(lines[2]);
                if (root.length == Hashing.LENGTH) {
                    return new Checkpoint(lines[0], Long.parseLong(lines[1]), root);
                }
            } catch (IllegalArgumentException noBase64) {
                // Told below.
            }
        }
        throw new IllegalArgumentException("This is no checkpoint of a log.");
    }

    String text() {
        return origin + "\n" + size + "\n" + Base64.getEncoder().encodeToString(root) + "\n";
    }

    /** Signed by each of these keys. */
    Note signed(Iterable<SignerKey> keys) {
        Note note = new Note(text(), java.util.List.of());
        for (SignerKey key : keys) {
            note = note.with(key.sign(note.text()));
        }
        return note;
    }
}
