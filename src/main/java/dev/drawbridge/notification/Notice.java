package dev.drawbridge.notification;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a person is told.
 *
 * @param lines sentences, as plain text
 * @param path where it leads, on this server; none: nowhere
 */
record Notice(
        UUID requestId,
        String subject,
        List<String> lines,
        @Nullable String path,
        String linkText) {}
