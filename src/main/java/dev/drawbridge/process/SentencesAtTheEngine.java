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
            held.resetBuffer();
            held.setStatus(refused.get().kind().status());
            held.setContentType(MediaType.APPLICATION_JSON_VALUE);
            json.writeValue(
                    held.getOutputStream(),
                    Map.of(
                            "type", "Refusal",
                            "message", refused.get().sentence(),
                            "code", refused.get().code()));
        }
        held.copyBodyToResponse();
    }
}
