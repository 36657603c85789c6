package dev.drawbridge.audit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drawbridge.catalog.WallClock;
import dev.drawbridge.platform.Refusal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The whole record, page by page, for those who may read it. */
@Component
public class AuditRecord {
    static final int LARGEST_PAGE = 200;

    private final UnderstandQuery understand;
    private final Search search;

    AuditRecord(UnderstandQuery understand, Search search) {
        this.understand = understand;
        this.search = search;
    }

    /**
     * An entry.
     *
     * @param actor who did it: a person's id, {@code system}, or {@code nobody} where nobody is signed in
     * @param request the request that it belongs to, if it does to one
     * @param sentence what happened, on the reader's clock
     * @param details the same and more, for programs
     */
    public record Item(
            long id,
            Instant at,
            String actor,
            String kind,
            @Nullable UUID request,
            String sentence,
            JsonNode details) {}

    /**
     * Some entries, newest first.
     *
     * @param next where to go on; none where nothing follows. A page may have fewer entries than were asked for, and more to come.
     */
    public record Page(List<Item> items, @Nullable String next) {}

    /** Refuses who may not read it, and what cannot be looked for; {@code after} is the {@code next} of the page before. */
    public Page page(RecordQuery query, @Nullable String after, int size, WallClock clock) {
        RecordReaders.require();
        if (size < 1 || size > LARGEST_PAGE) {
            throw Refusal.ofField(
                    Refusal.Kind.INVALID, "size", "invalid-page", "A page has 1 to " + LARGEST_PAGE + " entries.");
        }
        Mark mark = after == null || after.isBlank() ? null : Mark.ofNumbers(after);
        Search.Page found = search.page(understand.read(query), mark, size);
        return new Page(
                found.items().stream().map(one -> item(one, clock)).toList(),
                found.next() == null ? null : found.next().written());
    }

    static Item item(Search.Found found, WallClock clock) {
        List<Instant> moments = StreamSupport.stream(
                        found.details().path(Entry.MOMENTS).spliterator(), false)
                .map(moment -> Instant.parse(moment.asText()))
                .toList();
        return new Item(
                found.id(),
                found.at().toInstant(),
                found.actor(),
                found.kind(),
                found.request(),
                clock.told(found.sentence(), moments),
                found.details());
    }
}
