package dev.drawbridge.grant.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The password of the account on a target: written in the settings, or in a file, which may say another one at any time. */
final class Password {
    private final @Nullable Path file;
    private volatile @Nullable String known;

    private Password(@Nullable Path file, @Nullable String known) {
        this.file = file;
        this.known = known;
    }

    static Password of(String fixed) {
        return new Password(null, fixed);
    }

    static Password in(Path file) {
        return new Password(file, null);
    }

    /** The one to sign in with; of a file, as it was when it was last read. */
    String current() throws SQLException {
        String current = known;
        if (current == null) {
            current = read();
            known = current;
        }
        return current;
    }

    /** Whether there is another one by now than the one that the target did not take. */
    boolean isAnotherThan(String refused) throws SQLException {
        if (file == null) {
            return false;
        }
        known = read();
        return !refused.equals(known);
    }

    /** Where it stands, for operators. */
    String place() {
        return file == null ? "" : " The password is the one in " + file + ".";
    }

    private String read() throws SQLException {
        if (file == null) {
            throw new SQLException("No password is set.");
        }
        try {
            return Files.readString(file, StandardCharsets.UTF_8).replaceAll("\\R+\\z", "");
        } catch (IOException unreadable) {
            throw new SQLException("The password file " + file + " cannot be read.", unreadable);
        }
    }

    @Override
    public String toString() {
        return "Password" + place();
    }
}
