package dev.drawbridge.platform;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Holds each session against the account of this moment: the account is still the one that signed in, its credentials are
 * still those that it signed in with, and its groups are those of now. Otherwise the session is over. Looked at once a call,
 * and only where somebody asks who is signed in.
 */
class SessionOfNow extends OncePerRequestFilter {
    private final Accounts accounts;

    SessionOfNow(Accounts accounts) {
        this.accounts = accounts;
    }

    /** An error page is a second pass of the same call, with the session read again. */
    @Override
    protected boolean shouldNotFilterErrorDispatch() {
        return false;
    }

    @Override
    protected boolean shouldNotFilterAsyncDispatch() {
        return false;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Supplier<SecurityContext> signedIn =
                SecurityContextHolder.getContextHolderStrategy().getDeferredContext();
        SecurityContextHolder.getContextHolderStrategy()
                .setDeferredContext(SingletonSupplier.of(() -> now(signedIn.get(), request)));
        chain.doFilter(request, response);
    }

    private SecurityContext now(SecurityContext signedIn, HttpServletRequest request) {
        Authentication then = signedIn.getAuthentication();
        if (then == null) {
            return signedIn;
        }
        // Never the one that was signed in: that one is kept with the session, as it was then.
        return Optional.of(then.getPrincipal())
                .map(principal -> principal instanceof ProvidedSignIn provided ? provided.signIn() : principal)
                .filter(SignIn.class::isInstance)
                .map(SignIn.class::cast)
                .flatMap(signIn -> accounts.now(signIn.person())
                        .filter(account -> account.generation().equals(signIn.generation()))
                        .map(account -> signIn.with(account.groups())))
                .map(SessionOfNow::authenticated)
                .map(SecurityContextImpl::new)
                .orElseGet(() -> over(request));
    }

    /** Signed in, with what the groups of now allow. */
    static Authentication authenticated(SignIn signIn) {
        return UsernamePasswordAuthenticationToken.authenticated(
                signIn,
                null,
                signIn.groups().stream().map(SimpleGrantedAuthority::new).toList());
    }

    private static SecurityContextImpl over(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        if (session != null) {
            session.invalidate();
        }
        return new SecurityContextImpl();
    }
}
