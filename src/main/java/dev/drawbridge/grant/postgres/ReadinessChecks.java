package dev.drawbridge.grant.postgres;

import static dev.drawbridge.grant.postgres.Sql.quoted;

import dev.drawbridge.catalog.AccessLevel;
import dev.drawbridge.grant.TargetReadiness.Missing;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The single things that a target must have, each looked at by itself. */
final class ReadinessChecks {
    private static final int OLDEST_VERSION = 160_000;
    private static final int MOST_SKEW_SECONDS = 5;

    /** What makes objects that only their owner can remove. */
    private static final List<String> LARGE_OBJECTS =
            List.of("lo_create(oid)", "lo_creat(integer)", "lo_from_bytea(oid, bytea)");

    /** Loops over the points of what they are given, which look for no interrupt: nothing can end them half-way. */
    private static final List<String> UNINTERRUPTIBLE = List.of(
            "path_distance(path, path)",
            "path_inter(path, path)",
            "poly_distance(polygon, polygon)",
            "poly_overlap(polygon, polygon)");

    private static final String OF_THESE_ROLES = """
            from pg_catalog.unnest(pg_catalog.string_to_array(?, pg_catalog.chr(10))) asked (name)
            join pg_catalog.pg_roles r on r.rolname = asked.name::pg_catalog.name
            """;

    private final Session target;
    private final Map<String, AccessLevel> handedOut;
    private final String roles;
    private final String account;
    private final List<Missing> missing = new ArrayList<>();

    ReadinessChecks(Session target, Map<String, AccessLevel> handedOut) throws SQLException {
        this.target = target;
        this.handedOut = handedOut;
        this.roles = String.join("\n", handedOut.keySet());
        this.account = Cure.account(target);
    }

    List<Missing> run(Duration skew) throws SQLException {
        account();
        handedOut();
        wider();
        otherDatabases();
        callable(LARGE_OBJECTS, "make large objects with %s, which only their owner can remove");
        callable(UNINTERRUPTIBLE, "call %s, which nothing can end half-way");
        preparedTransactions();
        eventTriggers();
        settings();
        if (target.server().isEmpty()) {
            miss(
                    "It does not say which server it is, so that what is given here could not be told from what is given on"
                            + " another that is called the same.",
                    "grant execute on function pg_catalog.pg_control_system() to " + account + ";");
        }
        if (!Touched.canBeSeen(target)) {
            miss(
                    "A holder can give the login another password, and our account could not see that.",
                    Touched.NEEDED + account + ";");
        }
        if (Math.abs(skew.toSeconds()) > MOST_SKEW_SECONDS) {
            miss("Its clock is " + Math.abs(skew.toSeconds()) + " seconds from ours; set it right, with NTP.", null);
        }
        return missing;
    }

    private void account() throws SQLException {
        if (!isOfVersion(OLDEST_VERSION)) {
            miss("It is older than PostgreSQL 16; bring it to 16 or later.", null);
        }
        String mine = "exists (select from pg_catalog.pg_roles where rolname = session_user and ";
        if (is(mine + "rolsuper)")) {
            miss("Our account is a superuser, which it need not be.", "alter role " + account + " nosuperuser;");
        } else if (!is(mine + "rolcreaterole)")) {
            miss("Our account cannot make logins.", "alter role " + account + " createrole;");
        }
        if (!is("pg_catalog.pg_has_role('pg_signal_backend', 'USAGE')")) {
            miss("Our account cannot end sessions.", "grant pg_signal_backend to " + account + ";");
        }
    }

    private void handedOut() throws SQLException {
        for (String role : target.values(
                "select asked.name from pg_catalog.unnest(pg_catalog.string_to_array(?, pg_catalog.chr(10))) asked (name)"
                        + " left join pg_catalog.pg_roles r on r.rolname = asked.name::pg_catalog.name"
                        + " where r.oid is null",
                roles)) {
            miss("The role " + role + " is not there.", "create role " + quoted(role) + " nologin;", role);
        }
        for (String role : target.values(
                "select r.rolname::text " + OF_THESE_ROLES
                        + " where not pg_catalog.pg_has_role(r.oid, 'MEMBER WITH ADMIN OPTION')",
                roles)) {
            miss(
                    "Our account cannot hand out the role " + role + ".",
                    "grant " + quoted(role) + " to " + account + " with admin option, inherit false, set false;",
                    role);
        }
    }

    private void wider() throws SQLException {
        // What a membership is good for is known from then on.
        if (isOfVersion(OLDEST_VERSION)) {
            missing.addAll(WiderRoles.of(target, handedOut));
        }
    }

    private void otherDatabases() throws SQLException {
        for (String database : target.values(
                "select d.datname::text from pg_catalog.pg_database d where d.datallowconn"
                        + " and d.datname <> pg_catalog.current_database() and exists (select " + OF_THESE_ROLES
                        + " where pg_catalog.has_database_privilege(r.oid, d.oid, 'CONNECT')) order by 1",
                roles)) {
            miss(
                    "Whoever is given access here can enter the database " + database + " too.",
                    "revoke connect on database " + quoted(database) + " from public;");
        }
    }

    private void callable(List<String> functions, String what) throws SQLException {
        for (String function : functions) {
            if (!target.values(
                            "select 1 " + OF_THESE_ROLES
                                    + " where pg_catalog.has_function_privilege(r.oid, 'pg_catalog." + function
                                    + "', 'EXECUTE') limit 1",
                            roles)
                    .isEmpty()) {
                miss(
                        "Whoever is given access here can " + what.formatted(function) + ".",
                        "revoke execute on function pg_catalog." + function + " from public;");
            }
        }
    }

    private void preparedTransactions() throws SQLException {
        if (is("pg_catalog.current_setting('max_prepared_transactions')::int > 0")) {
            miss(
                    "It allows prepared transactions, which keep their locks when their session has ended."
                            + " They are rolled back with the access; where nothing needs them, switch them off.",
                    "alter system set max_prepared_transactions = 0; -- and start the server anew");
        }
    }

    private void eventTriggers() throws SQLException {
        if (is("pg_catalog.has_parameter_privilege('event_triggers', 'SET')")) {
            return;
        }
        for (String trigger : target.values(
                "select evtname::text from pg_catalog.pg_event_trigger where evtenabled <> 'D' and evtevent <> 'login'"
                        + " and (evttags is null or 'DROP OWNED' = any (evttags)) order by 1")) {
            miss(
                    "The event trigger " + trigger + " could keep us from clearing away what a login owns.",
                    "grant set on parameter event_triggers to " + account + "; -- from PostgreSQL 17 on");
        }
    }

    private void settings() throws SQLException {
        for (String setting : target.values(
                "select distinct known.name " + OF_THESE_ROLES
                        + " join pg_catalog.pg_db_role_setting s on s.setrole = r.oid"
                        + " cross join lateral pg_catalog.unnest(s.setconfig) c (setting)"
                        + " join pg_catalog.pg_settings known on known.name = pg_catalog.split_part(c.setting, '=', 1)"
                        + " where known.context in ('superuser', 'superuser-backend')"
                        + " and not pg_catalog.has_parameter_privilege(known.name, 'SET')",
                roles)) {
            miss(
                    "The setting " + setting + " of a role that is handed out cannot be given to its holders.",
                    "grant set on parameter " + setting + " to " + account + ";");
        }
    }

    private boolean isOfVersion(int oldest) throws SQLException {
        return is("pg_catalog.current_setting('server_version_num')::int >= " + oldest);
    }

    private boolean is(String condition) throws SQLException {
        return target.values("select 1 where " + condition).size() == 1;
    }

    private void miss(String sentence, @Nullable String cure) {
        miss(sentence, cure, null);
    }

    private void miss(String sentence, @Nullable String cure, @Nullable String role) {
        missing.add(new Missing(sentence, cure, role));
    }
}
