package dev.drawbridge.process;

import dev.drawbridge.directory.AccountsNow;
import dev.drawbridge.platform.Accounts;
import dev.drawbridge.platform.SignIn;
import dev.drawbridge.platform.SignInDetails;
import dev.drawbridge.platform.SignInRefused;
import dev.drawbridge.platform.SignInThrottle;
import dev.drawbridge.platform.TooManySignIns;
import java.time.Clock;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Lazy;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.stereotype.Component;

/** Signs people in with the engine's accounts. */
@Component
class EngineAccounts implements AuthenticationProvider {
    private final ProcessEngine engine;
    private final AccountsNow accounts;
    private final SignInThrottle throttle;
    private final ApplicationEventPublisher events;
    private final Clock clock;
    private final RightPasswords right;

    EngineAccounts(
            @Lazy ProcessEngine engine,
            AccountsNow accounts,
            SignInThrottle throttle,
            ApplicationEventPublisher events,
            Clock clock) {
        this.engine = engine;
        this.accounts = accounts;
        this.throttle = throttle;
        this.events = events;
        this.clock = clock;
        this.right = new RightPasswords(clock);
    }

    @Override
    public Authentication authenticate(Authentication attempt) {
        SignInDetails details =
                attempt.getDetails() instanceof SignInDetails known ? known : new SignInDetails("unknown", "unknown");
        String id = attempt.getName();
        try {
            return throttle.attempt(id, details, () -> signedIn(id, String.valueOf(attempt.getCredentials()), details));
        } catch (TooManySignIns slowed) {
            events.publishEvent(new SignInRefused(null, details.address(), true));
            throw slowed;
        } catch (BadCredentialsException wrong) {
            // What a stranger has typed is not put on record; whose account it is, is.
            String account = accounts.now(id).isPresent() ? id : null;
            events.publishEvent(new SignInRefused(account, details.address(), false));
            throw wrong;
        }
    }

    private Authentication signedIn(String id, String password, SignInDetails details) {
        // Of one moment: a password that is changed in between has ended this sign-in.
        Accounts.Account account = accounts.withPassword(id)
                .filter(now -> right.fits(id, now, password, () -> Passwords.fits(configuration(), now, password)))
                .map(AccountsNow.WithPassword::account)
                .orElseThrow(() -> new BadCredentialsException("Account and password do not fit together."));
        SignIn signIn = new SignIn(
                id,
                account.groups(),
                details.method(),
                false,
                clock.instant(),
                details.address(),
                account.generation());
        UsernamePasswordAuthenticationToken signedIn = UsernamePasswordAuthenticationToken.authenticated(
                signIn,
                null,
                account.groups().stream().map(SimpleGrantedAuthority::new).toList());
        // Else those of the attempt would be kept with the session, the browser's mark among them.
        signedIn.setDetails(new SignInDetails(details.method(), details.address()));
        return signedIn;
    }

    private ProcessEngineConfigurationImpl configuration() {
        return (ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration();
    }

    @Override
    public boolean supports(Class<?> type) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(type);
    }
}
