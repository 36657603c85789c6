package dev.drawbridge.grant.postgres;

import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The PostgreSQL targets.
 *
 * @param targets by the name that the catalog uses
 */
@ConfigurationProperties("drawbridge")
record TargetProperties(@DefaultValue Map<String, Target> targets) {
    /**
     * One target.
     *
     * @param url a JDBC URL of the database
     * @param username an account with CREATEROLE, admin option on the group roles, and pg_signal_backend; no superuser
     */
    record Target(String url, String username, String password) {}
}
