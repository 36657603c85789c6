package dev.drawbridge.platform;

import java.io.Serializable;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.AuthenticatedPrincipal;

/**
 * Who is signed in, and how.
 *
 * @param person the account's id
 * @param groups the groups the person is in, as of this very call
 * @param method {@code form} or {@code basic}
 * @param mfa whether a second factor was shown
 * @param at when the person signed in, UTC
 * @param address the network address the sign-in came from
 * @param generation which account of this id signed in, with which credentials; none: it is over
 */
public record SignIn(
        String person,
        Set<String> groups,
        String method,
        boolean mfa,
        Instant at,
        String address,
        @Nullable String generation)
        implements AuthenticatedPrincipal, Serializable {
    public SignIn {
        groups = Set.copyOf(groups);
    }

    /** How somebody had signed in once: nobody acts with it. */
    public SignIn(String person, Set<String> groups, String method, boolean mfa, Instant at, String address) {
        this(person, groups, method, mfa, at, address, null);
    }

    @Override
    public String getName() {
        return person;
    }

    /** The same, in the groups of now. */
    public SignIn with(Set<String> now) {
        return new SignIn(person, now, method, mfa, at, address, generation);
    }
}
