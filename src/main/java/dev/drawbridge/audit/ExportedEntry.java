package dev.drawbridge.audit;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An entry as it leaves the house, as it is kept: its moments in UTC, its sentence for no particular reader. What belongs to an entry
 * in every format, its place in a sealed log perhaps, is added here.
 */
record ExportedEntry(
        long id,
        Instant at,
        String actor,
        String kind,
        @Nullable UUID request,
        String sentence,
        JsonNode details) {
    static ExportedEntry of(Search.Found found) {
        return new ExportedEntry(
                found.id(),
                found.at().toInstant(),
                found.actor(),
                found.kind(),
                found.request(),
                found.sentence(),
                found.details());
    }
}
