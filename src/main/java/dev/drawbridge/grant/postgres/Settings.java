package dev.drawbridge.grant.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a connection to a target brings with it, so that no default of a server, a database or a role makes a statement of
 * ours fail, wait, or mean something else.
 */
final class Settings {
    private static final Map<String, String> BROUGHT = new LinkedHashMap<>();

    static {
        // A commit waits for our own server's disk, never for a standby: no time limit would end that wait.
        BROUGHT.put("synchronous_commit", "local");
        // Nobody on the target can make a statement wait for them.
        BROUGHT.put("lock_timeout", "500ms");
        BROUGHT.put("statement_timeout", "6s");
        BROUGHT.put("idle_in_transaction_session_timeout", "30s");
        BROUGHT.put("idle_session_timeout", "0");
        // Nothing that others have made stands before what the server brings.
        BROUGHT.put("search_path", "pg_catalog, pg_temp");
        BROUGHT.put("default_transaction_read_only", "off");
        BROUGHT.put("default_transaction_isolation", "read committed");
        BROUGHT.put("default_transaction_deferrable", "off");
        // Texts and times are read as they are written here.
        BROUGHT.put("standard_conforming_strings", "on");
        BROUGHT.put("array_nulls", "on");
        BROUGHT.put("transform_null_equals", "off");
        BROUGHT.put("DateStyle", "ISO");
        BROUGHT.put("TimeZone", "UTC");
        BROUGHT.put("password_encryption", "scram-sha-256");
        // What is made for a grant is lent to nobody, the account that makes it included.
        BROUGHT.put("createrole_self_grant", "");
        // An error is an error, and not the end of the connection.
        BROUGHT.put("exit_on_error", "off");
        BROUGHT.put("row_security", "on");
        // Small queries: compiling them, or sharing them among workers, takes longer than answering them.
        BROUGHT.put("jit", "off");
        BROUGHT.put("max_parallel_workers_per_gather", "0");
    }

    /** Of later versions than the oldest that is served: to know it or not is the server's to say. */
    private static final Map<String, String> OF_LATER_VERSIONS = Map.of("transaction_timeout", "0");

    private Settings() {}

    /** As the connection's first words, since a login trigger could wait or fail before anything else can be said. */
    static String asOptions(boolean withLaterVersions) {
        Map<String, String> all = new LinkedHashMap<>(BROUGHT);
        if (withLaterVersions) {
            all.putAll(OF_LATER_VERSIONS);
        }
        return "-c role=none "
                + all.entrySet().stream()
                        .map(setting -> "-c " + setting.getKey() + "="
                                + setting.getValue().replace(" ", "\\ "))
                        .collect(Collectors.joining(" "));
    }

    /** Once more, since an address may bring options of its own, and a login trigger may set what it likes. */
    static void bring(Connection connection) throws SQLException {
        Map<String, String> all = new LinkedHashMap<>(BROUGHT);
        all.putAll(OF_LATER_VERSIONS);
        String values = all.entrySet().stream()
                .map(setting -> "('" + setting.getKey() + "', '" + setting.getValue() + "')")
                .collect(Collectors.joining(", "));
        try (Statement statement = connection.createStatement()) {
            statement.execute("set role none; set standard_conforming_strings = on; "
                    + "select pg_catalog.set_config(known.name, brought.value, false) from (values " + values
                    + ") brought (name, value) join pg_catalog.pg_settings known"
                    + " on known.name operator(pg_catalog.=) brought.name");
        }
    }
}
