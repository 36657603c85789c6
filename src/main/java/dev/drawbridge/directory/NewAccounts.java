package dev.drawbridge.directory;

/** Makes accounts where accounts are kept. */
public interface NewAccounts {
    /** Makes one that nobody signs in to with a password. {@code id}: as {@link AccountIds#fits} has it, and nobody's yet. */
    void make(String id);
}
