package dev.drawbridge.grant.postgres;

import static dev.drawbridge.grant.postgres.OwnServer.access;
import static dev.drawbridge.grant.postgres.OwnServer.column;
import static dev.drawbridge.grant.postgres.OwnServer.execute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.catalog.Entitlement;
import dev.drawbridge.grant.Access;
import dev.drawbridge.grant.Connector;
import dev.drawbridge.grant.ConnectorException;
import java.sql.Connection;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is given is the same whatever the target's defaults, clock and names are. */
class OtherDefaultsTest {
    static OwnServer server;
    static PostgresConnector connector;

    @BeforeAll
    static void start() throws Exception {
        server = OwnServer.start();
        connector = server.connector();
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @Test
    void doesWhatItDoesWhateverTheServerTheDatabaseAndTheRoleHaveForDefaults() throws Exception {
        server.superuser(
                "shop",
                "create schema traps",
                "grant usage on schema traps to public",
                "create view traps.pg_roles as select 0::oid as oid, null::name as rolname, false as rolcanlogin",
                "create function traps.pg_backend_pid() returns int language sql as 'select 1/0'",
                "alter database shop set search_path = traps, pg_catalog",
                "alter database shop set default_transaction_read_only = on",
                "alter database shop set default_transaction_isolation = 'serializable'",
                "alter database shop set default_transaction_deferrable = on",
                "alter role handing_out set statement_timeout = '1ms'",
                "alter role handing_out set transaction_timeout = '1ms'",
                "alter role handing_out set idle_in_transaction_session_timeout = '1ms'",
                "alter role handing_out set standard_conforming_strings = off",
                "alter role handing_out set exit_on_error = on",
                "alter role handing_out set datestyle = 'German, DMY'",
                "alter role handing_out set timezone = 'Pacific/Kiritimati'",
                "alter role handing_out set createrole_self_grant = 'set, inherit'",
                "create role somebody",
                "grant somebody to handing_out with set true, inherit true",
                "alter role handing_out in database shop set role = 'somebody'");
        PostgresConnector afresh = server.connector();
        Access access = access("readers");

        afresh.provision(access);
        afresh.extend(access);
        afresh.reveal(access);

        assertThat(server.seen("select extract(epoch from rolvaliduntil)::bigint::text from pg_catalog.pg_roles"
                        + " where rolname = '" + access.principal() + "'"))
                .containsExactly(Long.toString(access.expiresAt().getEpochSecond()));
        assertThat(afresh.find(access)).hasValueSatisfying(login -> {
            assertThat(login.ours()).isTrue();
            assertThat(login.roles()).containsExactly("readers");
        });
        assertThat(afresh.inventory("shop", Connector.Stretch.between(new UUID(0, 0), new UUID(-1, -1))))
                .hasSize(1);
        assertThat(afresh.revoke(access).remnants()).isEmpty();
        assertThat(server.has(access)).isFalse();
        server.superuser(
                "postgres",
                "alter role handing_out reset all",
                "alter role handing_out in database shop reset all",
                "alter database shop reset all");
    }

    @Test
    void bringsItsSettingsAlthoughTheAddressHasOptionsOfItsOwn() throws Exception {
        try (TargetConnections connections = new TargetConnections(server.address("?options=-c%20lock_timeout=1h"));
                TargetConnections.Use use = connections.use()) {
            assertThat(column(use.connection(), "show lock_timeout")).containsExactly("500ms");
            assertThat(column(use.connection(), "show synchronous_commit")).containsExactly("local");
        }
    }

    @Test
    void setsTheEndByTheTargetsOwnClock() throws Exception {
        PostgresConnector behind = server.connector(target -> Instant.now().minus(Duration.ofHours(1)));
        Access access = access("readers");
        behind.provision(access);

        assertThat(behind.skew("shop")).isEqualTo(Duration.ofHours(-1));
        assertThat(endOf(access))
                .isEqualTo(access.expiresAt().minus(Duration.ofHours(1)).getEpochSecond());
        behind.extend(access);
        assertThat(endOf(access))
                .isEqualTo(access.expiresAt().minus(Duration.ofHours(1)).getEpochSecond());
        assertThat(behind.find(access).orElseThrow().validUntil().getEpochSecond())
                .as("as we would say it")
                .isEqualTo(access.expiresAt().getEpochSecond());
        behind.revoke(access);
    }

    private static long endOf(Access access) throws Exception {
        return Long.parseLong(server.seen("select extract(epoch from rolvaliduntil)::bigint::text from pg_roles"
                        + " where rolname = '" + access.principal() + "'")
                .get(0));
    }

    @Test
    void givesTheSettingsOfTheGroupToItsHoldersAsTheServerWouldApplyThemToTheGroup() throws Exception {
        server.superuser(
                "shop",
                "create role choosy",
                "grant choosy to handing_out with admin option, inherit false, set false",
                "alter role choosy set search_path = masked, \"Odd, name\", public",
                "alter role choosy in database shop set datestyle = 'SQL, DMY'",
                "alter role choosy in database shop set application_name = 'it''s \\ = mine'",
                "alter role choosy in database attic set search_path = public",
                "alter role choosy set temp_tablespaces = ''",
                "alter role choosy set work_mem = '5MB'");
        Access access = access("choosy");
        connector.provision(access);

        String settings = "select coalesce(d.datname, '') || ' ' || unnest(setconfig) from pg_db_role_setting s"
                + " join pg_roles r on r.oid = s.setrole left join pg_database d on d.oid = s.setdatabase"
                + " where r.rolname = '%s' order by 1";
        assertThat(server.seen(settings.formatted(access.principal())))
                .hasSize(6)
                .isEqualTo(server.seen(settings.formatted("choosy")));
        try (Connection session = server.as(access.principal(), "shop")) {
            assertThat(column(session, "show search_path")).containsExactly("masked, \"Odd, name\", public");
            assertThat(column(session, "select current_schemas(false)::text")).containsExactly("{public}");
            assertThat(column(session, "show work_mem")).containsExactly("5MB");
        }
        connector.revoke(access);
    }

    @Test
    void saysHowASettingThatOnlyASuperuserMaySetCanBeGiven() throws Exception {
        server.superuser(
                "shop",
                "create role logged",
                "grant logged to handing_out with admin option, inherit false, set false",
                "alter role logged set log_statement = 'all'");
        Access access = access("logged");

        assertThatThrownBy(() -> connector.provision(access))
                .isInstanceOf(ConnectorException.class)
                .hasMessageContaining("grant set on parameter log_statement to \"handing_out\";");
        assertThat(server.has(access)).as("nothing is given").isFalse();

        server.superuser("shop", "grant set on parameter log_statement to handing_out");
        connector.provision(access);
        try (Connection session = server.as(access.principal(), "shop")) {
            assertThat(column(session, "show log_statement")).containsExactly("all");
        }
        connector.revoke(access);
    }

    @Test
    void comparesNamesAsTheServerDoes() throws Exception {
        String name = "r" + "ö".repeat(40);
        server.superuser(
                "shop",
                "create role \"" + name + "\"",
                "grant \"" + name + "\" to handing_out with admin option, inherit false, set false");
        Access access = access(name);

        connector.provision(access);
        connector.provision(access);

        assertThat(connector.find(access)).hasValueSatisfying(login -> {
            assertThat(login.isMemberOf(name)).isTrue();
            assertThat(login.rolesBeside(name)).isEmpty();
        });
        connector.revoke(access);
    }

    @Test
    void touchesNoLoginThatWasMadeForSomethingElse() throws Exception {
        Access one = access("readers");
        connector.provision(one);
        Access other = new Access(
                UUID.randomUUID(), one.principal(), new Entitlement.Target("shop", "makers"), one.expiresAt());

        assertThatThrownBy(() -> connector.provision(other)).hasMessageContaining("not made for this request");

        assertThat(connector.find(one).orElseThrow().roles()).containsExactly("readers");
        connector.revoke(one);
    }

    @Test
    void takesNoLongerInAllThanOneCallMay() throws Exception {
        try (TargetConnections connections = new TargetConnections(server.address(""));
                TargetConnections.Use use = connections.use()) {
            Session over = new Session(use.connection(), use.server(), connections, System.nanoTime() - 1);

            assertThatThrownBy(() -> over.execute("select 1")).hasMessageContaining("takes too long");
            assertThatThrownBy(() -> over.values("select 1")).isInstanceOf(SQLTimeoutException.class);
            assertThatThrownBy(() -> over.in("attic", session -> session.execute("select 1")))
                    .isInstanceOf(SQLTimeoutException.class);
        }
    }

    @Test
    void namesTheDefaultPrivilegesThatAHolderHasChangedForTheRoleItselfAndHowTheyAreTakenBack() throws Exception {
        Access access = access("makers");
        connector.provision(access);
        try (Connection session = server.as(access.principal(), "shop");
                Connection elsewhere = server.as(access.principal(), "attic")) {
            execute(session, "alter default privileges for role makers grant select, insert on tables to public");
            execute(session, "alter default privileges for role makers revoke execute on functions from public");
            execute(
                    session,
                    "alter default privileges for role makers in schema public grant usage on sequences to readers");
            execute(elsewhere, "alter default privileges for role makers grant all on types to readers");
        }
        connector.revoke(access);
        PostgresReadiness readiness = server.readiness();

        var changed = readiness.defaultPrivileges("shop", List.of("readers", "makers"));

        assertThat(changed).singleElement().satisfies(found -> {
            assertThat(found.role()).isEqualTo("makers");
            assertThat(found.cure())
                    .contains("alter default privileges for role \"makers\" revoke INSERT on tables from public;")
                    .contains("in schema \"public\" revoke USAGE on sequences from \"readers\";")
                    .contains("grant EXECUTE on functions to public;")
                    .contains("in the database attic");
        });
        server.superuser("shop", changed.get(0).cure());
        server.superuser("attic", "alter default privileges for role makers revoke all on types from readers");
        assertThat(readiness.defaultPrivileges("shop", List.of("readers", "makers")))
                .isEmpty();
    }
}
