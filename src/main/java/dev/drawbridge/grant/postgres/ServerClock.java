package dev.drawbridge.grant.postgres;

import java.sql.SQLException;
import java.time.Instant;
import org.springframework.stereotype.Component;

/** The clock of the server itself. */
@Component
class ServerClock implements TargetClock {
    @Override
    public Instant now(Session target) throws SQLException {
        return Instant.ofEpochMilli(Long.parseLong(
                target.values("select (extract(epoch from pg_catalog.clock_timestamp()) * 1000)::pg_catalog.int8::text")
                        .get(0)));
    }
}
