package dev.drawbridge.process;

import dev.drawbridge.platform.CurrentSignIn;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.TreeSet;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.rest.security.auth.AuthenticationProvider;
import org.camunda.bpm.engine.rest.security.auth.AuthenticationResult;
import org.camunda.bpm.webapp.impl.security.auth.AuthenticationUtil;
import org.camunda.bpm.webapp.impl.security.auth.Authentications;
import org.camunda.bpm.webapp.impl.security.auth.UserAuthentication;

/** Lets the engine's web applications take the person who is signed in here. The engine makes it by its class name. */
public class ContainerSignIn implements AuthenticationProvider {
    @Override
    public AuthenticationResult extractAuthenticatedUser(HttpServletRequest request, ProcessEngine engine) {
        return CurrentSignIn.find()
                .map(signIn -> {
                    List<String> groups = List.copyOf(new TreeSet<>(signIn.groups()));
                    forgetOthers(request, engine, groups);
                    AuthenticationResult result = AuthenticationResult.successful(signIn.person());
                    result.setGroups(new ArrayList<>(groups));
                    return result;
                })
                .orElseGet(AuthenticationResult::unsuccessful);
    }

    /**
     * The web applications keep a person's groups, and what those may open, with the session, and ask nobody again for
     * minutes: who has left a group has left it in Tasklist too.
     */
    private static void forgetOthers(HttpServletRequest request, ProcessEngine engine, List<String> groups) {
        HttpSession session = request.getSession(false);
        if (session == null) {
            return;
        }
        Authentications kept = AuthenticationUtil.getAuthsFromSession(session);
        if (kept.getAuthenticationForProcessEngine(engine.getName()) instanceof UserAuthentication known
                && !new HashSet<>(known.getGroupIds()).equals(new HashSet<>(groups))) {
            kept.removeByEngineName(engine.getName());
            AuthenticationUtil.updateSession(session, kept);
        }
    }

    @Override
    public void augmentResponseByAuthenticationChallenge(HttpServletResponse response, ProcessEngine engine) {
        // Spring Security answers who is not signed in before the request comes this far.
    }
}
