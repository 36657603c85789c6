package dev.drawbridge.console;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** The way to the proof of a request, where this release gives one. */
@Component
class ProofLink {
    private static final String CALL = "/api/v1/access-requests/{id}/proof";

    private final ObjectProvider<RequestMappingHandlerMapping> calls;

    ProofLink(@Qualifier("requestMappingHandlerMapping") ObjectProvider<RequestMappingHandlerMapping> calls) {
        this.calls = calls;
    }

    /** None where there is no such call. */
    @Nullable
    String of(UUID request) {
        boolean given = calls.getObject().getHandlerMethods().keySet().stream()
                .anyMatch(call -> call.getPatternValues().contains(CALL));
        return given ? CALL.replace("{id}", request.toString()) : null;
    }
}
