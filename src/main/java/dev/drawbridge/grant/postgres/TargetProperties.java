package dev.drawbridge.grant.postgres;

import dev.drawbridge.platform.CannotStart;
import dev.drawbridge.platform.TargetAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
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
     * @param password its password; none where that stands in a file
     * @param passwordFile a file with nothing but the password, which is read again when the target does not take it any more
     * @param formerly names that this target had, or that another one has now that was this one: access that was given under them
     *     may be here
     * @param replaces servers, as they call themselves, that are gone, and that this one has taken the place of with their logins
     */
    record Target(
            String url,
            String username,
            @Nullable String password,
            @Nullable Path passwordFile,
            @Nullable String address,
            @DefaultValue Set<String> formerly,
            @DefaultValue Set<String> replaces) {
        TargetAddress named(String name) {
            if ((password == null) == (passwordFile == null)) {
                throw new CannotStart(
                        "The target '" + name + "' has " + (password == null ? "no password." : "two passwords."),
                        "Set either drawbridge.targets." + name + ".password or drawbridge.targets." + name
                                + ".password-file.");
            }
            String known = password == null ? "" : password;
            return address == null
                    ? new TargetAddress(name, url, username, known)
                    : new TargetAddress(name, url, username, known, address);
        }
    }
}
