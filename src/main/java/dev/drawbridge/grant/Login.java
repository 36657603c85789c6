package dev.drawbridge.grant;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A login as the target has it.
 *
 * @param roles the group roles it is a member of
 * @param rights what it may do beyond that: attributes of the login, and rights or things of its own; empty as it should be
 * @param validUntil when it ends by itself; none: never
 * @param usable whether one can log in with it
 * @param touched whether somebody else has changed it since we last did, its password perhaps; false where that cannot be seen
 * @param ours whether the account that the connector uses has made it, and so can take it away
 */
public record Login(
        String principal,
        List<String> roles,
        List<String> rights,
        @Nullable Instant validUntil,
        boolean usable,
        boolean touched,
        boolean ours) {
    private static final int MOST_BYTES = 63;

    public Login {
        roles = List.copyOf(roles);
        rights = List.copyOf(rights);
    }

    /** Whether it is a member of this role, named as the server names it: what is too long is cut off. */
    public boolean isMemberOf(String role) {
        return roles.contains(asTheServerNamesIt(role));
    }

    /** The roles it is a member of beside this one. */
    public List<String> rolesBeside(String role) {
        String named = asTheServerNamesIt(role);
        return roles.stream().filter(other -> !other.equals(named)).toList();
    }

    private static String asTheServerNamesIt(String role) {
        int end = role.length();
        while (role.substring(0, end).getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
            end = role.offsetByCodePoints(end, -1);
        }
        return role.substring(0, end);
    }
}
