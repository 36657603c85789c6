package dev.drawbridge.catalog;

import dev.drawbridge.publication.Published;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What the catalog has, and what it once had: access to what has left it goes on for a while, and who leaves, or asks for more
 * beside it, is judged by what it was.
 */
@Component
public class KnownEntitlements {
    private final Catalog catalog;
    private final JdbcClient jdbc;
    private final Clock clock;

    KnownEntitlements(Catalog catalog, JdbcClient jdbc, Clock clock) {
        this.catalog = catalog;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * What is known of an entitlement, whether it is in the catalog or has left it.
     *
     * @param requesters groups whose members may, or might, have it
     */
    public record Known(
            String id,
            String name,
            String resource,
            String system,
            AccessLevel level,
            Sensitivity sensitivity,
            String environment,
            boolean personalData,
            boolean masked,
            Set<String> requesters) {
        public Known {
            requesters = Set.copyOf(requesters);
        }

        static Known of(Entitlement entitlement) {
            return new Known(
                    entitlement.id(),
                    entitlement.name(),
                    entitlement.resource(),
                    entitlement.target().system(),
                    entitlement.level(),
                    entitlement.sensitivity(),
                    entitlement.environment(),
                    entitlement.personalData(),
                    entitlement.masked(),
                    entitlement.requesters());
        }
    }

    /** As the catalog says; what has left it, as it was last. */
    public Optional<Known> find(String id) {
        return catalog.find(id).map(Known::of).or(() -> last(id));
    }

    private Optional<Known> last(String id) {
        return jdbc.sql("select * from entitlement_known where id = :id order by known_at desc limit 1")
                .param("id", id)
                .query((row, number) -> new Known(
                        id,
                        row.getString("name"),
                        row.getString("resource"),
                        row.getString("system"),
                        AccessLevel.valueOf(row.getString("level")),
                        Sensitivity.valueOf(row.getString("sensitivity")),
                        row.getString("environment"),
                        row.getBoolean("personal_data"),
                        row.getBoolean("masked"),
                        Set.of((String[]) row.getArray("requesters").getArray())))
                .optional();
    }

    /** Puts on record what differs from what was known, with what is published. */
    @EventListener
    void on(Published event) {
        for (Entitlement entitlement : catalog.all()) {
            Known now = Known.of(entitlement);
            if (!last(now.id()).equals(Optional.of(now))) {
                jdbc.sql("""
                                insert into entitlement_known values (:id, :name, :resource, :system, :level, :sensitivity,
                                    :environment, :personal, :masked, :requesters, :at)
                                on conflict do nothing
                                """)
                        .param("id", now.id())
                        .param("name", now.name())
                        .param("resource", now.resource())
                        .param("system", now.system())
                        .param("level", now.level().name())
                        .param("sensitivity", now.sensitivity().name())
                        .param("environment", now.environment())
                        .param("personal", now.personalData())
                        .param("masked", now.masked())
                        .param("requesters", now.requesters().stream().sorted().toArray(String[]::new))
                        .param("at", clock.instant().atOffset(ZoneOffset.UTC))
                        .update();
            }
        }
    }
}
