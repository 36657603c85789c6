package dev.drawbridge.process;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drawbridge.platform.Refusal;
import dev.drawbridge.platform.Refusals;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.MediaType;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * Lets whoever is refused something by a step of the process read the sentence alone: the engine calls it a failure of its
 * own, and wraps it in the names of classes.
 */
class SentencesAtTheEngine extends OncePerRequestFilter {
    private static final String FAILED = "The process engine could not do this with what was sent. Nothing was changed"
            + " by this call; the operators can see why in the log.";

    private final ObjectMapper json;

    SentencesAtTheEngine(ObjectMapper json) {
        this.json = json;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return request.getMethod().equals("GET");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        ContentCachingResponseWrapper held = new ContentCachingResponseWrapper(response);
        chain.doFilter(request, held);
        Optional<Refusal> refused = Refusals.latestOf(request).filter(refusal -> held.getStatus() >= 400);
        if (refused.isPresent()) {
            held.setStatus(refused.get().kind().status());
            say(held, "Refusal", refused.get().sentence(), refused.get().code());
        } else if (held.getStatus() >= 500) {
            // In the engine's own words this would be the names of its classes, and at times a statement of ours.
            say(held, "Failure", FAILED, "engine-failure");
        }
        held.copyBodyToResponse();
    }

    private void say(ContentCachingResponseWrapper held, String type, String sentence, String code) throws IOException {
        held.resetBuffer();
        held.setContentType(MediaType.APPLICATION_JSON_VALUE);
        json.writeValue(held.getOutputStream(), Map.of("type", type, "message", sentence, "code", code));
    }
}
