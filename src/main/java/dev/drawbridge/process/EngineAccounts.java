package dev.drawbridge.process;

import dev.drawbridge.platform.Accounts;
import dev.drawbridge.platform.SignIn;
import dev.drawbridge.platform.SignInDetails;
import java.time.Clock;
import org.camunda.bpm.engine.IdentityService;
import org.springframework.context.annotation.Lazy;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.stereotype.Component;

/** Signs people in with the engine's accounts, which also slow down who guesses passwords. */
@Component
class EngineAccounts implements AuthenticationProvider {
    private final IdentityService identities;
    private final Accounts accounts;
    private final Clock clock;

    EngineAccounts(@Lazy IdentityService identities, Accounts accounts, Clock clock) {
        this.identities = identities;
        this.accounts = accounts;
        this.clock = clock;
    }

    @Override
    public Authentication authenticate(Authentication attempt) {
        String id = attempt.getName();
        // Before the password is looked at: one that is changed in between has ended this sign-in.
        Accounts.Account account = accounts.now(id).orElse(null);
        if (!passwordFits(id, String.valueOf(attempt.getCredentials())) || account == null) {
            throw new BadCredentialsException(
                    "Account and password do not fit together, or were tried too often: then wait a few seconds.");
        }
        SignInDetails details =
                attempt.getDetails() instanceof SignInDetails known ? known : new SignInDetails("unknown", "unknown");
        SignIn signIn = new SignIn(
                id,
                account.groups(),
                details.method(),
                false,
                clock.instant(),
                details.address(),
                account.generation());
        return UsernamePasswordAuthenticationToken.authenticated(
                signIn,
                null,
                account.groups().stream().map(SimpleGrantedAuthority::new).toList());
    }

    private boolean passwordFits(String id, String password) {
        try {
            // The database knows no such text, and would fail over it.
            return id.indexOf('\0') < 0 && identities.checkPassword(id, password);
        } catch (org.camunda.bpm.engine.AuthenticationException tooOften) {
            throw new LockedException(
                    "Too many failed sign-ins for this account. Wait a minute, then try again.", tooOften);
        }
    }

    @Override
    public boolean supports(Class<?> type) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(type);
    }
}
