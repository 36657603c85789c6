package dev.drawbridge.platform;

import java.util.Optional;
import java.util.Set;
import org.springframework.security.core.context.SecurityContextHolder;

/** The person for whom this thread works. The engine's own threads work for nobody. */
public final class CurrentSignIn {
    private CurrentSignIn() {}

    public static Optional<SignIn> find() {
        return Optional.ofNullable(SecurityContextHolder.getContext().getAuthentication())
                .filter(authentication -> authentication.isAuthenticated())
                .map(authentication -> authentication.getPrincipal())
                .filter(SignIn.class::isInstance)
                .map(SignIn.class::cast);
    }

    /** The groups of a person as of this very call; none where somebody else calls. */
    public static Optional<Set<String>> groupsOf(String person) {
        return find().filter(signIn -> signIn.person().equals(person)).map(SignIn::groups);
    }

    /** Refuses with {@link Refusal.Kind#UNAUTHENTICATED} where nobody is signed in. */
    public static SignIn require() {
        return find().orElseThrow(
                        () -> Refusal.of(Refusal.Kind.UNAUTHENTICATED, "not-signed-in", "Please sign in first."));
    }
}
