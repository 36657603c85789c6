package dev.drawbridge.audit;

import dev.drawbridge.catalog.WallClock;
import dev.drawbridge.catalog.WallClocks;
import dev.drawbridge.platform.CurrentSignIn;
import dev.drawbridge.request.RequestView;
import dev.drawbridge.request.RequestViews;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The story of a request, in sentences, for those who may see the request. */
@RestController
@Tag(name = "Record")
class TrailResource {
    private final JdbcClient jdbc;
    private final RequestViews views;
    private final WallClocks clocks;

    TrailResource(JdbcClient jdbc, RequestViews views, WallClocks clocks) {
        this.jdbc = jdbc;
        this.views = views;
        this.clocks = clocks;
    }

    record TrailEntry(Instant at, String actor, String kind, String sentence) {}

    @GetMapping("/api/v1/access-requests/{id}/trail")
    @Operation(summary = "Everything that happened to a request, oldest first")
    List<TrailEntry> trail(@PathVariable UUID id) {
        RequestView request = views.require(CurrentSignIn.require().person(), id);
        WallClock clock = clocks.ofReader().clock();
        return jdbc.sql("""
                        select *, array(select jsonb_array_elements_text(details -> :moments)) as moments
                        from audit_entry where request_id = :id order by id
                        """)
                .param("id", request.id())
                .param("moments", Entry.MOMENTS)
                .query((row, number) -> new TrailEntry(
                        row.getObject("at", OffsetDateTime.class).toInstant(),
                        row.getString("actor"),
                        row.getString("kind"),
                        clock.told(row.getString("sentence"), moments(row))))
                .list();
    }

    private static List<Instant> moments(ResultSet row) throws SQLException {
        return Stream.of((String[]) row.getArray("moments").getArray())
                .map(Instant::parse)
                .toList();
    }
}
