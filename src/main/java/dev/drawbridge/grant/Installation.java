package dev.drawbridge.grant;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Which Drawbridge this is: all nodes on one database are one. What it makes on a target bears its mark, so that two that
 * share an account there do not take each other's logins for strays.
 */
@Component
public class Installation {
    private final JdbcClient jdbc;
    private volatile @Nullable UUID known;

    Installation(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Made with the database, and the same ever after. */
    public UUID id() {
        UUID id = known;
        if (id == null) {
            id = jdbc.sql("select id from installation").query(UUID.class).single();
            known = id;
        }
        return id;
    }
}
