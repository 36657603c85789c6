package dev.drawbridge.platform;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/** A refusal before any page or resource is reached: the same problem details as anywhere, or a page for a browser. */
public final class Problem {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Problem() {}

    /** Answers with a status, a stable code and a sentence. */
    public static void write(
            HttpServletRequest request, HttpServletResponse response, int status, String code, String sentence)
            throws IOException {
        response.setStatus(status);
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        if (ErrorPage.isWantedBy(request)) {
            ErrorPage.write(request, response, status, sentence);
            return;
        }
        Map<String, Object> problem = new LinkedHashMap<>();
        problem.put("type", "urn:drawbridge:" + code);
        problem.put("title", HttpStatus.valueOf(status).getReasonPhrase());
        problem.put("status", status);
        problem.put("detail", sentence);
        problem.put("code", code);
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.getOutputStream().write(JSON.writeValueAsBytes(problem));
    }
}
