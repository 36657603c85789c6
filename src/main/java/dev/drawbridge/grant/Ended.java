package dev.drawbridge.grant;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The target says that nobody can use an access any more: its sessions are gone, its login is shut and out of its groups.
 *
 * @param remnants what could not be cleared away; should be empty
 * @param cut what belonged to others and had to be ended for it
 */
public record Ended(List<Remnant> remnants, List<Cut> cut) {
    /** As it should be. */
    public static final Ended WITHOUT_A_TRACE = new Ended(List.of(), List.of());

    public Ended {
        remnants = List.copyOf(remnants);
        cut = List.copyOf(cut);
    }

    /**
     * Something that is left on a target and that nobody can use.
     *
     * @param sentence what it is, for operators
     * @param cure the statements that clear it away, where there are some
     */
    public record Remnant(String sentence, @Nullable String cure) {}

    /**
     * A session or a prepared transaction of another login, ended since it held on to what had to go.
     *
     * @param principal whose it was
     */
    public record Cut(String principal, String sentence) {}
}
