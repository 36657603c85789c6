package dev.drawbridge.process;

import dev.drawbridge.platform.CurrentSignIn;
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
        return CurrentSignIn.find()
                .map(signIn -> {
                    AuthenticationResult result = AuthenticationResult.successful(signIn.person());
                    result.setGroups(new ArrayList<>(signIn.groups()));
                    return result;
                })
                .orElseGet(AuthenticationResult::unsuccessful);
    }

    @Override
    public void augmentResponseByAuthenticationChallenge(HttpServletResponse response, ProcessEngine engine) {
        // Spring Security answers who is not signed in before the request comes this far.
    }
}
