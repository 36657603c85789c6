package dev.drawbridge.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpHeaders;

/** What a call was answered. */
public record Answer(int status, JsonNode json, String text, HttpHeaders headers) {
    /** The text of one field. */
    public String get(String field) {
        return json.path(field).asText();
    }

    /** The sentence of a problem. */
    public String detail() {
        return get("detail");
    }
}
