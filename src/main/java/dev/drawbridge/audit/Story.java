package dev.drawbridge.audit;

import dev.drawbridge.catalog.WallClock;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The story of a request, in sentences. Whoever asks for it has looked whether the reader may see the request. */
@Repository
public class Story {
    private final JdbcClient jdbc;

    Story(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Something that happened to a request; {@code number} grows from one to the next. */
    public record Happened(long number, Instant at, String actor, String kind, String sentence) {}

    /** Oldest first, on the reader's clock. */
    public List<Happened> of(UUID request, WallClock reader) {
        return jdbc.sql("""
                        select *, array(select jsonb_array_elements_text(details -> :moments)) as moments
                        from audit_entry where request_id = :id order by id
                        """)
                .param("id", request)
                .param("moments", Entry.MOMENTS)
                .query((row, number) -> new Happened(
                        row.getLong("id"),
                        row.getObject("at", OffsetDateTime.class).toInstant(),
                        row.getString("actor"),
                        row.getString("kind"),
                        reader.told(row.getString("sentence"), moments(row))))
                .list();
    }

    /** The number of what happened last, of each of these requests to which anything did: one statement for all. */
    public Map<UUID, Long> latest(Collection<UUID> requests) {
        Map<UUID, Long> latest = new HashMap<>();
        jdbc.sql("select r.id, (select max(e.id) from audit_entry e where e.request_id = r.id) as latest"
                        + " from unnest(:ids::uuid[]) r(id)")
                .param("ids", requests.stream().map(UUID::toString).toArray(String[]::new))
                .query(row -> {
                    latest.put(row.getObject("id", UUID.class), row.getLong("latest"));
                });
        return latest;
    }

    private static List<Instant> moments(ResultSet row) throws SQLException {
        return Stream.of((String[]) row.getArray("moments").getArray())
                .map(Instant::parse)
                .toList();
    }
}
