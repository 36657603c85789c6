package dev.drawbridge.approval;

import dev.drawbridge.request.AccessRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A request, and the least that tells somebody who is to answer what it is about.
 *
 * @param title what would be given by now, as people call it
 * @param claimedBy the account that has claimed the task
 */
public record Asked(
        AccessRequest request, String title, Duration duration, Instant deadlineAt, Optional<String> claimedBy) {}
