package dev.drawbridge.process;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drawbridge.platform.Refusal;
import dev.drawbridge.platform.Refusals;
import dev.drawbridge.platform.TroubledResponse;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.MediaType;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * The one place that says at the engine's doors why something was not done, whatever the method: in a sentence of ours. In the
 * engine's own words it would be the names of its classes, and at times a statement of the database.
 */
class SentencesAtTheEngine extends OncePerRequestFilter {
    private static final String FAILED = "Something went wrong on our side, so the process engine could not do this."
            + " Nothing was changed by this call; the operators can see why in the log.";

    private final ObjectMapper json;

    SentencesAtTheEngine(ObjectMapper json) {
        this.json = json;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        TroubledResponse held = new TroubledResponse(response, status -> status >= 400);
        chain.doFilter(request, held);
        if (!held.replaced()) {
            return;
        }
        int status = held.swallowed();
        Optional<Refusal> refused = Refusals.latestOf(request)
                .or(() ->
                        status >= 500 && EngineFailures.isOurs(request) ? Optional.empty() : Optional.of(said(status)));
        if (refused.isPresent()) {
            say(
                    response,
                    status == 401 ? status : refused.get().kind().status(),
                    Map.of(
                            "type", "Refusal",
                            "message", refused.get().sentence(),
                            "code", refused.get().code()));
        } else {
            say(response, 500, Map.of("type", "Failure", "message", FAILED, "code", "engine-failure"));
        }
    }

    /** What a status of the engine means. A failure that is not one of ours means that it could not read the call. */
    private static Refusal said(int status) {
        return switch (status) {
            case 401 -> Refusal.of(Refusal.Kind.UNAUTHENTICATED, "signed-out", "Sign in first.");
            case 403 ->
                Refusal.of(
                        Refusal.Kind.FORBIDDEN,
                        "engine-forbids",
                        "You have no right to do this in the process engine.");
            case 404, 405, 406 ->
                Refusal.of(
                        Refusal.Kind.NOT_FOUND,
                        "nothing-there",
                        "There is nothing like this in the process engine, or not (any more) for you.");
            case 409, 412 -> EngineFailures.OVERTAKEN;
            default ->
                Refusal.of(
                        Refusal.Kind.INVALID,
                        "unreadable-input",
                        "The process engine can do nothing with what was sent: a name, a type or a value in it is not"
                                + " one that it takes here. Nothing was changed by this call.");
        };
    }

    private void say(HttpServletResponse response, int status, Map<String, String> problem) throws IOException {
        byte[] body = json.writeValueAsBytes(problem);
        response.setStatus(status);
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
