package dev.drawbridge.grant.postgres;

import dev.drawbridge.platform.TargetAddress;
import java.util.Map;
import org.jspecify.annotations.Nullable;
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
     * @param address what people connect to, {@code host:port/database}; none: that of the URL
     * @param username an account with CREATEROLE, admin option on the group roles, and pg_signal_backend; no superuser
     */
    record Target(
            String url,
            String username,
            String password,
            @Nullable String address) {
        TargetAddress named(String name) {
            return address == null
                    ? new TargetAddress(name, url, username, password)
                    : new TargetAddress(name, url, username, password, address);
        }
    }
}
