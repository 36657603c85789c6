package dev.drawbridge.audit.log;

import org.jspecify.annotations.Nullable;

/**
 * What is not as it was sealed.
 *
 * @param entry the number of the entry that it begins with; none where it is about none
 */
public record Problem(@Nullable Long entry, Kind kind, String sentence) {
    public enum Kind {
        /** An entry, or a hash, is another than it was. */
        EDITED("edited"),
        /** What was sealed is gone. */
        MISSING("missing"),
        /** It is there and is not in the log, or was put among what is older. */
        INSERTED("inserted"),
        /** Entries have changed places. */
        REORDERED("reordered"),
        /** The end is gone that a checkpoint speaks of. */
        TRUNCATED("truncated"),
        /** A checkpoint is not signed by this log's key. */
        FORGED("forged"),
        /** The log is another than the one that a checkpoint was given out for. */
        FORKED("forked"),
        /** The log ends before a checkpoint that was given out. */
        ROLLED_BACK("rolled-back"),
        /** It is not sealed any more. */
        NOT_SEALED("not-sealed"),
        /** The witness has not cosigned what it should have. */
        NOT_WITNESSED("not-witnessed");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        @com.fasterxml.jackson.annotation.JsonValue
        public String word() {
            return word;
        }
    }
}
