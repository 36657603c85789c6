package dev.drawbridge.approval;

import dev.drawbridge.request.AccessRequest;
import java.time.Instant;

/**
 * What a company's own process asks a person, or a colleague, to do for a request.
 *
 * @param title what would be given by now, as people call it
 * @param task its name, as the company has written it
 * @param taskId the engine's
 */
public record ToDo(AccessRequest request, String title, String task, String taskId, Instant since) {}
