package dev.drawbridge.grant.postgres;

import static dev.drawbridge.grant.postgres.Sql.quoted;
import static dev.drawbridge.grant.postgres.Sql.text;

import dev.drawbridge.grant.ConnectorException;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/**
 * What is set for a group role reaches its holders: PostgreSQL applies the settings of the role that logs in, and not those
 * of its groups.
 */
final class GroupSettings {
    /** Their stored text is a list of quoted names, and would be one single name if it were said again as a text. */
    private static final Set<String> LISTS = Set.of(
            "local_preload_libraries",
            "search_path",
            "session_preload_libraries",
            "shared_preload_libraries",
            "temp_tablespaces",
            "unix_socket_directories");

    private static final String SETTINGS = """
            select coalesce(d.datname::text, ''), split_part(c.setting, '=', 1), substr(c.setting, strpos(c.setting, '=') + 1)
            from pg_catalog.pg_db_role_setting s
            join pg_catalog.pg_roles r on r.oid = s.setrole
            left join pg_catalog.pg_database d on d.oid = s.setdatabase
            cross join lateral unnest(s.setconfig) c (setting)
            where r.rolname = ?
            """;

    private GroupSettings() {}

    private record Setting(String database, String name, String value) {}

    /** In the transaction that makes the login. */
    static void copy(Session target, String group, String principal) throws SQLException {
        List<Setting> settings =
                target.rows(SETTINGS, row -> new Setting(row.getString(1), row.getString(2), row.getString(3)), group);
        String account = settings.isEmpty() ? "" : Cure.account(target);
        for (Setting setting : settings) {
            try {
                copy(target, setting, principal);
            } catch (SQLException failed) {
                if (Sql.isForbidden(failed)) {
                    throw new ConnectorException(
                            "The setting " + setting.name() + " of the role " + group
                                    + " cannot be given to its holders. Let it: grant set on parameter "
                                    + setting.name() + " to " + account + ";",
                            failed);
                }
                throw failed;
            }
        }
    }

    private static void copy(Session target, Setting setting, String principal) throws SQLException {
        String whose = "alter role " + quoted(principal)
                + (setting.database().isEmpty() ? "" : " in database " + quoted(setting.database()));
        if (LISTS.contains(setting.name())) {
            // The server takes its own text apart: set here for this transaction, and taken from there.
            target.values("select pg_catalog.set_config(?, ?, true)", setting.name(), setting.value());
            target.execute(whose + " set " + quoted(setting.name()) + " from current");
        } else {
            target.execute(whose + " set " + quoted(setting.name()) + " = " + text(setting.value()));
        }
    }
}
