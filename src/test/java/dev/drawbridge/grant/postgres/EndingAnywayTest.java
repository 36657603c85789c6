package dev.drawbridge.grant.postgres;

import static dev.drawbridge.grant.postgres.OwnServer.access;
import static dev.drawbridge.grant.postgres.OwnServer.column;
import static dev.drawbridge.grant.postgres.OwnServer.execute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.grant.Access;
import dev.drawbridge.grant.ConnectorException;
import dev.drawbridge.grant.Ended;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Access ends whatever its target is like, and whatever its holder has done there; on a real server that somebody else runs. */
class EndingAnywayTest {
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

    private static Access given(String role) {
        Access access = access(role);
        connector.provision(access);
        return access;
    }

    private static void requireEnded(Connection session, Access access) throws SQLException {
        assertThatThrownBy(() -> execute(session, "select 1")).isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> server.as(access.principal(), "shop")).isInstanceOf(SQLException.class);
        assertThat(server.uses(access)).isEmpty();
    }

    private static void requireNothingLeft(Ended ended, Access access) throws SQLException {
        assertThat(ended.remnants()).isEmpty();
        assertThat(server.has(access)).isFalse();
        assertThat(server.seen("select gid from pg_prepared_xacts")).isEmpty();
    }

    /** Runs the cure as whoever owns the target would: as it was told. */
    private static void cure(String database, Ended ended) throws SQLException {
        assertThat(ended.remnants()).hasSize(1);
        server.superuser(database, ended.remnants().get(0).cure());
    }

    @Test
    void waitsForNoStandbyThatIsGone() throws Exception {
        Access access = given("readers");
        try (Connection session = server.as(access.principal(), "shop")) {
            server.superuser(
                    "postgres", "alter system set synchronous_standby_names = 'nobody'", "select pg_reload_conf()");
            try (Connection superuser = server.as("postgres", "postgres")) {
                execute(superuser, "set synchronous_commit = local");
                Ended ended = connector.revoke(access);

                requireEnded(session, access);
                requireNothingLeft(ended, access);
                Access another = given("readers");
                assertThat(server.has(another)).isTrue();
                connector.revoke(another);
            } finally {
                server.superuser("postgres", "alter system reset synchronous_standby_names", "select pg_reload_conf()");
            }
        }
    }

    @Test
    void rollsBackWhatTheHolderHasPreparedInWhicheverDatabase() throws Exception {
        Access access = given("makers");
        try (Connection session = server.as(access.principal(), "shop");
                Connection elsewhere = server.as(access.principal(), "attic")) {
            execute(session, "create table mine (a int)");
            execute(
                    session,
                    "begin; alter role current_user password 'x'; lock table mine; alter default privileges grant select"
                            + " on tables to readers; prepare transaction 'it''s mine'");
            execute(
                    elsewhere,
                    "begin; alter default privileges grant select on tables to current_user; prepare transaction 'there'");

            Ended ended = connector.revoke(access);

            requireEnded(session, access);
            requireEnded(elsewhere, access);
            requireNothingLeft(ended, access);
        }
    }

    @Test
    void clearsAwayWhatTheHolderOwnsInOtherDatabases() throws Exception {
        Access access = given("readers");
        try (Connection elsewhere = server.as(access.principal(), "attic")) {
            execute(elsewhere, "select lo_create(0)");

            Ended ended = connector.revoke(access);

            requireEnded(elsewhere, access);
            requireNothingLeft(ended, access);
        }
    }

    @Test
    void confirmsTheEndAndSaysWhatIsLeftInADatabaseThatItCannotEnter() throws Exception {
        Access access = given("readers");
        server.superuser("postgres", "create database cellar", "revoke connect on database cellar from public");
        server.superuser("postgres", "grant connect on database cellar to readers");
        try (Connection elsewhere = server.as(access.principal(), "cellar")) {
            execute(elsewhere, "select lo_create(0)");
            Ended ended = connector.revoke(access);

            requireEnded(elsewhere, access);
            assertThat(ended.remnants()).singleElement().satisfies(left -> {
                assertThat(left.sentence()).contains("nobody can use any more", "cellar");
                assertThat(left.cure()).isEqualTo("grant connect on database \"cellar\" to \"handing_out\";");
            });
            cure("postgres", ended);
            requireNothingLeft(connector.revoke(access), access);
        } finally {
            server.superuser("postgres", "drop database if exists cellar with (force)");
        }
    }

    @Test
    void confirmsTheEndAlthoughAViewOfSomebodyElseStandsOnATableOfTheHolder() throws Exception {
        Access access = given("makers");
        try (Connection session = server.as(access.principal(), "shop")) {
            execute(session, "create table report (id int primary key)");
            server.superuser(
                    "shop",
                    "create view on_it as select * from report",
                    "create table pointing_at_it (id int references report)");

            Ended ended = connector.revoke(access);

            requireEnded(session, access);
            assertThat(ended.remnants())
                    .singleElement()
                    .satisfies(left -> assertThat(left.sentence()).contains("nobody can use any more", "report"));
            assertThat(connector.revoke(access).remnants()).as("again").hasSize(1);

            cure("shop", ended);
            requireNothingLeft(connector.revoke(access), access);
            assertThat(server.seen("select 1 from pg_class where relname in ('report', 'on_it', 'pointing_at_it')"))
                    .as("what others built upon stays")
                    .hasSize(3);
        } finally {
            server.superuser("shop", "drop table report cascade", "drop table pointing_at_it");
        }
    }

    @Test
    void needsNoLeaveOfAnEventTrigger() throws Exception {
        server.superuser(
                "shop",
                "create function forbid() returns event_trigger language plpgsql as $$ begin raise exception 'not here';"
                        + " end $$",
                "create event trigger forbids on ddl_command_start when tag in ('DROP OWNED')"
                        + " execute function forbid()");
        try {
            Access nothing = given("makers");
            requireNothingLeft(connector.revoke(nothing), nothing);

            Access access = given("makers");
            try (Connection session = server.as(access.principal(), "shop")) {
                execute(session, "create table mine (a int)");
                Ended ended = connector.revoke(access);

                requireEnded(session, access);
                assertThat(ended.remnants()).singleElement().satisfies(left -> {
                    assertThat(left.sentence()).contains("not here");
                    assertThat(left.cure()).isEqualTo("grant set on parameter event_triggers to \"handing_out\";");
                });
                cure("shop", ended);
                requireNothingLeft(connector.revoke(access), access);
            }
        } finally {
            server.superuser(
                    "shop",
                    "drop event trigger forbids",
                    "drop function forbid",
                    "revoke set on parameter event_triggers from handing_out");
        }
    }

    @Test
    void shutsTheLoginWhileAStatementRunsThatNothingCanInterruptAndConfirmsOnceItHasEnded() throws Exception {
        Access access = given("readers");
        try (Connection session = server.as(access.principal(), "shop")) {
            String pid = column(session, "select pg_backend_pid()").get(0);
            CompletableFuture<Void> query = CompletableFuture.runAsync(() -> {
                try {
                    execute(
                            session,
                            "select p <-> p from (select ('[' || string_agg('(' || n || ',' || (n * 7919) % 10007 || ')', ',')"
                                    + " || ']')::path as p from generate_series(1, " + POINTS + ") n) x");
                } catch (SQLException cut) {
                    throw new IllegalStateException(cut);
                }
            });
            while (server.seen("select 1 from pg_stat_activity where state = 'active' and pid = " + pid)
                    .isEmpty()) {
                Thread.onSpinWait();
            }

            assertThatThrownBy(() -> connector.revoke(access))
                    .isInstanceOf(ConnectorException.class)
                    .hasMessageContaining("process " + pid)
                    .hasMessageContaining("The login is shut. It is out of its groups.");
            assertThat(server.uses(access))
                    .as("it still runs, and can do nothing else")
                    .containsExactly("session");

            assertThatThrownBy(() -> query.get(5, TimeUnit.MINUTES)).isInstanceOf(ExecutionException.class);
            Ended ended = connector.revoke(access);
            requireEnded(session, access);
            requireNothingLeft(ended, access);
        }
    }

    /** Some twenty seconds on a slow machine; a few of these are what the connector waits before it says so. */
    private static final int POINTS = 2_500;

    @Test
    void endsTheTransactionOfAnotherHolderThatHoldsOnToTheLogin() throws Exception {
        Access access = given("readers");
        Access other = given("makers");
        Access third = given("makers");
        try (Connection holding = server.as(other.principal(), "shop");
                Connection preparing = server.as(third.principal(), "shop")) {
            execute(holding, "begin");
            execute(holding, "alter default privileges grant select on tables to " + access.principal());
            execute(
                    preparing,
                    "begin; alter default privileges grant select on tables to " + access.principal()
                            + "; prepare transaction 'held'");

            Ended ended = connector.revoke(access);

            requireNothingLeft(ended, access);
            assertThat(ended.cut())
                    .extracting(Ended.Cut::principal)
                    .containsExactlyInAnyOrder(other.principal(), third.principal());
            assertThat(ended.cut()).allSatisfy(cut -> assertThat(cut.sentence()).contains(access.principal()));
            assertThatThrownBy(() -> execute(holding, "select 1")).isInstanceOf(SQLException.class);
            assertThat(column(preparing, "select 1"))
                    .as("whose session did not hold it")
                    .hasSize(1);
        }
        connector.revoke(other);
        connector.revoke(third);
    }

    @Test
    void leavesTheTransactionsOfStrangersAloneAndConfirmsTheEndAllTheSame() throws Exception {
        Access access = given("readers");
        try (Connection stranger = server.as("postgres", "shop")) {
            execute(stranger, "begin");
            execute(stranger, "alter default privileges grant select on tables to " + access.principal());

            Ended ended = connector.revoke(access);

            assertThat(server.uses(access)).isEmpty();
            assertThat(ended.remnants()).hasSize(1);
            assertThat(ended.cut()).isEmpty();
            execute(stranger, "rollback");
        }
        requireNothingLeft(connector.revoke(access), access);
    }

    @Test
    void keepsOffAHolderWhoConnectsAndHoldsOnToTheRoleAgainAndAgain() throws Exception {
        Access access = given("readers");
        AtomicBoolean over = new AtomicBoolean();
        CompletableFuture<?>[] clients = new CompletableFuture<?>[4];
        for (int i = 0; i < clients.length; i++) {
            clients[i] = CompletableFuture.runAsync(() -> {
                while (!over.get()) {
                    try (Connection session = server.as(access.principal(), "shop")) {
                        execute(session, "begin; alter role current_user password 'x'");
                        execute(session, "select pg_sleep(0.01); commit");
                    } catch (SQLException thrownOut) {
                        Thread.onSpinWait();
                    }
                }
            });
        }
        try {
            Ended ended = connector.revoke(access);
            requireNothingLeft(ended, access);
        } finally {
            over.set(true);
            CompletableFuture.allOf(clients).get(1, TimeUnit.MINUTES);
        }
        assertThat(server.uses(access)).isEmpty();
    }

    @Test
    void confirmsTheEndWhereClearingAwayTakesLongerThanOneCallMay() throws Exception {
        Access access = given("makers");
        try (TargetConnections connections = new TargetConnections(server.address(""));
                TargetConnections.Use use = connections.use()) {
            LoginState open = LoginState.of(
                            new Session(use.connection(), use.server(), connections, Session.deadline()),
                            access.principal())
                    .orElseThrow();
            Session late = new Session(use.connection(), use.server(), connections, System.nanoTime() - 1);

            Ended ended = new ClearAway(late, access.principal(), open, OwnServer.INSTALLATION).run();

            assertThat(ended.remnants())
                    .singleElement()
                    .satisfies(left -> assertThat(left.sentence()).contains("takes too long"));
            assertThat(server.has(access)).isTrue();
        }
        connector.revoke(access);
    }
}
