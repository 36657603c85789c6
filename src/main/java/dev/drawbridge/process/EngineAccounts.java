package dev.drawbridge.process;

import dev.drawbridge.platform.SignIn;
import dev.drawbridge.platform.SignInDetails;
import dev.drawbridge.platform.SignInRefused;
import dev.drawbridge.platform.SignInThrottle;
import dev.drawbridge.platform.TooManySignIns;
import java.time.Clock;
import java.util.Set;
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
    private final People people;
    private final SignInThrottle throttle;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    EngineAccounts(
            @Lazy ProcessEngine engine,
            People people,
            SignInThrottle throttle,
            ApplicationEventPublisher events,
            Clock clock) {
        this.engine = engine;
        this.people = people;
        this.throttle = throttle;
        this.events = events;
        this.clock = clock;
    }

    @Override
    public Authentication authenticate(Authentication attempt) {
        SignInDetails details =
                attempt.getDetails() instanceof SignInDetails known ? known : new SignInDetails("unknown", "unknown");
        String id = attempt.getName();
        try {
            return throttle.attempt(
                    id, details.address(), () -> signedIn(id, String.valueOf(attempt.getCredentials()), details));
        } catch (TooManySignIns slowed) {
            events.publishEvent(new SignInRefused(null, details.address(), true));
            throw slowed;
        } catch (BadCredentialsException wrong) {
            // What a stranger has typed is not put on record; whose account it is, is.
            String account = people.find(id).map(People.Person::id).orElse(null);
            events.publishEvent(new SignInRefused(account, details.address(), false));
            throw wrong;
        }
    }

    private Authentication signedIn(String id, String password, SignInDetails details) {
        if (!passwordFits(id, password)) {
            throw new BadCredentialsException("Account and password do not fit together.");
        }
        People.Person person = people.find(id)
                .orElseThrow(() -> new BadCredentialsException("Account and password do not fit together."));
        Set<String> groups = person.groups();
        SignIn signIn = new SignIn(id, groups, details.method(), false, clock.instant(), details.address());
        return UsernamePasswordAuthenticationToken.authenticated(
                signIn, null, groups.stream().map(SimpleGrantedAuthority::new).toList());
    }

    private boolean passwordFits(String id, String password) {
        // The database knows no such text, and would fail over it.
        return id.indexOf('\0') < 0
                && ((ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration())
                        .getCommandExecutorTxRequired()
                        .execute(context -> Passwords.fits(context, id, password));
    }

    @Override
    public boolean supports(Class<?> type) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(type);
    }
}
