package dev.drawbridge.platform;

import java.io.Serializable;
import java.time.Instant;
import java.util.Set;
import org.springframework.security.core.AuthenticatedPrincipal;

/**
 * Who is signed in, and how.
 *
 * @param person the account's id
 * @param groups the groups the person was in at sign-in
 * @param method {@code form} or {@code basic}
 * @param mfa whether a second factor was shown
 * @param at when the person signed in, UTC
 * @param address the network address the sign-in came from
 */
public record SignIn(String person, Set<String> groups, String method, boolean mfa, Instant at, String address)
        implements AuthenticatedPrincipal, Serializable {
    public SignIn {
        groups = Set.copyOf(groups);
    }

    @Override
    public String getName() {
        return person;
    }
}
