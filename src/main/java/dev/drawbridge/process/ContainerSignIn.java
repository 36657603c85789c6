package dev.drawbridge.process;

import dev.drawbridge.platform.CurrentSignIn;
import dev.drawbridge.platform.SignIn;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.rest.security.auth.AuthenticationProvider;
import org.camunda.bpm.engine.rest.security.auth.AuthenticationResult;

/** Lets the engine's web applications take the person who is signed in here. The engine makes it by its class name. */
public class ContainerSignIn implements AuthenticationProvider {
    @Override
    public AuthenticationResult extractAuthenticatedUser(HttpServletRequest request, ProcessEngine engine) {
        // The groups of this moment, not of the sign-in: who has left one has left it in Tasklist too.
        return CurrentSignIn.find()
                .map(SignIn::person)
                .flatMap(person -> new People(engine.getIdentityService()).find(person))
                .map(person -> {
                    AuthenticationResult result = AuthenticationResult.successful(person.id());
                    result.setGroups(new ArrayList<>(person.groups()));
                    return result;
                })
                .orElseGet(AuthenticationResult::unsuccessful);
    }

    @Override
    public void augmentResponseByAuthenticationChallenge(HttpServletResponse response, ProcessEngine engine) {
        // Spring Security answers who is not signed in before the request comes this far.
    }
}
