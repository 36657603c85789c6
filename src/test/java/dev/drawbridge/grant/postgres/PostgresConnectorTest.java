package dev.drawbridge.grant.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.drawbridge.catalog.Entitlement;
import dev.drawbridge.grant.Access;
import dev.drawbridge.grant.ConnectorException;
import dev.drawbridge.grant.Credential;
import dev.drawbridge.grant.Installation;
import dev.drawbridge.platform.EmbeddedPostgresServer;
import dev.drawbridge.platform.TargetAddress;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;

/** Against a real PostgreSQL, looking at it as its superuser. */
class PostgresConnectorTest {
    private static final Instant FAR_AHEAD = Instant.parse("2037-01-01T00:00:00Z");

    private static final UUID INSTALLATION = UUID.randomUUID();

    @TempDir
    static Path data;

    static EmbeddedPostgresServer server;
    static PostgresConnector connector;

    @BeforeAll
    static void start() {
        server = EmbeddedPostgresServer.start(data, 0);
        connector = connectorTo(server.orders());
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    private static PostgresConnector connectorTo(TargetAddress target) {
        DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
        beans.registerSingleton("target", target);
        Installation installation = mock(Installation.class);
        when(installation.id()).thenReturn(INSTALLATION);
        return new PostgresConnector(
                new PostgresTargets(new TargetProperties(Map.of()), beans.getBeanProvider(TargetAddress.class)),
                new Skew(new ServerClock(), Clock.systemUTC()),
                installation);
    }

    private static Access access(String role) {
        return access(role, FAR_AHEAD);
    }

    private static Access access(String role, Instant end) {
        UUID id = UUID.randomUUID();
        return new Access(id, Access.principalFor(id), new Entitlement.Target("orders", role), end);
    }

    private static Connection connect(Credential credential) throws SQLException {
        return DriverManager.getConnection(server.url("orders"), credential.username(), credential.password());
    }

    private static List<String> column(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        }
    }

    private static List<String> seen(String sql) throws SQLException {
        try (Connection superuser = server.superuser("orders")) {
            return column(superuser, sql);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static boolean exists(Access access) throws SQLException {
        return !seen("select 1 from pg_roles where rolname = '" + access.principal() + "'")
                .isEmpty();
    }

    @Test
    void makesALoginThatIsValidUntilTheGrantsEndAndMemberOfTheOneGroupRole() throws Exception {
        Access access = access("orders_read", FAR_AHEAD.truncatedTo(ChronoUnit.SECONDS));
        connector.provision(access);

        assertThat(seen("select (extract(epoch from rolvaliduntil)::bigint)::text from pg_roles where rolname = '"
                        + access.principal() + "'"))
                .containsExactly(Long.toString(FAR_AHEAD.getEpochSecond()));
        assertThat(seen("select g.rolname from pg_auth_members m join pg_roles g on g.oid = m.roleid"
                        + " join pg_roles l on l.oid = m.member where l.rolname = '" + access.principal() + "'"))
                .containsExactly("orders_read");
        assertThat(seen("select shobj_description(oid, 'pg_authid') from pg_roles where rolname = '"
                        + access.principal() + "'"))
                .containsExactly("Access request " + access.requestId() + ", given by Drawbridge " + INSTALLATION);
        connector.revoke(access);
    }

    @Test
    void cannotBeUsedBeforeItIsRevealed() throws Exception {
        Access access = access("orders_read");
        connector.provision(access);

        assertThatThrownBy(() -> DriverManager.getConnection(server.url("orders"), access.principal(), ""))
                .isInstanceOf(SQLException.class);
        connector.revoke(access);
    }

    @Test
    void showsPersonalColumnsMaskedToTheMaskedEntitlement() throws Exception {
        Access access = access("orders_read");
        connector.provision(access);
        List<String> names = seen("select name from public.customers");
        assertThat(names).isNotEmpty();

        try (Connection connection = connect(connector.reveal(access))) {
            assertThat(column(connection, "select name from customers"))
                    .hasSize(names.size())
                    .doesNotContainAnyElementsOf(names);
            assertThat(column(connection, "select count(*) from orders")).isNotEqualTo(List.of("0"));
            assertThatThrownBy(() -> column(connection, "select name from public.customers"))
                    .hasMessageContaining("permission denied");
            assertThatThrownBy(() -> execute(connection, "set search_path = public; select * from customers"))
                    .isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> execute(connection, "delete from orders")).isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> execute(connection, "set role orders_admin"))
                    .hasMessageContaining("permission denied");
            assertThatThrownBy(() -> execute(connection, "create role sneaky"))
                    .hasMessageContaining("permission denied");
        }
        connector.revoke(access);
    }

    @Test
    void showsPersonalColumnsToTheUnmaskedOne() throws Exception {
        Access access = access("orders_read_unmasked");
        connector.provision(access);
        try (Connection connection = connect(connector.reveal(access))) {
            assertThat(column(connection, "select name from customers"))
                    .containsExactlyInAnyOrderElementsOf(seen("select name from public.customers"));
            assertThatThrownBy(() -> execute(connection, "delete from orders")).isInstanceOf(SQLException.class);
        }
        connector.revoke(access);
    }

    @Test
    void opensOneDatabaseAndNoOther() throws Exception {
        Access access = access("orders_admin");
        connector.provision(access);
        Credential credential = connector.reveal(access);
        for (String database : List.of("drawbridge", "postgres", "template1")) {
            assertThatThrownBy(() -> DriverManager.getConnection(
                            server.url(database), credential.username(), credential.password()))
                    .hasMessageContaining("permission denied");
        }
        connector.revoke(access);
    }

    @Test
    void makesTheOldCredentialDieWhenANewOneIsRevealed() throws Exception {
        Access access = access("app_logs_read");
        connector.provision(access);
        Credential old = connector.reveal(access);
        Credential fresh = connector.reveal(access);

        assertThatThrownBy(() -> connect(old)).hasMessageContaining("password authentication failed");
        connect(fresh).close();
        connector.revoke(access);
    }

    @Test
    void isRefusedByTheTargetItselfOnceTheGrantsEndHasPassed() throws Exception {
        Access access = access("app_logs_read", Instant.parse("2020-01-01T00:00:00Z"));
        connector.provision(access);
        Credential credential = connector.reveal(access);

        assertThatThrownBy(() -> connect(credential)).hasMessageContaining("password authentication failed");
        connector.revoke(access);
    }

    @Test
    void cutsAPersonInTheMiddleOfALongQueryAndLeavesNothing() throws Exception {
        Access access = access("app_logs_read");
        connector.provision(access);
        Connection connection = connect(connector.reveal(access));
        CompletableFuture<Throwable> query = CompletableFuture.supplyAsync(() -> {
            try {
                column(connection, "select pg_sleep(300)");
                return null;
            } catch (SQLException cut) {
                return cut;
            }
        });

        connector.revoke(access);

        assertThat(query.get(30, TimeUnit.SECONDS)).isInstanceOf(SQLException.class);
        assertThat(exists(access)).isFalse();
        assertThat(seen("select 1 from pg_stat_activity where usename = '" + access.principal() + "'"))
                .isEmpty();
    }

    @Test
    void mayBeRepeatedAtEachStep() throws Exception {
        Access access = access("orders_write");
        connector.provision(access);
        connector.provision(access);
        connector.reveal(access);
        connector.revoke(access);
        connector.revoke(access);
        assertThat(exists(access)).isFalse();
    }

    @Test
    void doesNotConfirmALoginThatHasBeenWidenedByHand() throws Exception {
        Access access = access("orders_read");
        connector.provision(access);
        try (Connection superuser = server.superuser("orders")) {
            execute(superuser, "grant orders_admin to " + access.principal());
        }
        assertThatThrownBy(() -> connector.provision(access))
                .isInstanceOf(ConnectorException.class)
                .hasMessageContaining("orders_admin");

        connector.revoke(access);
        assertThat(exists(access)).isFalse();
    }

    @Test
    void removesALoginThatOwnsThingsAndWasMadeMemberOfMoreByHand() throws Exception {
        Access access = access("orders_admin");
        connector.provision(access);
        try (Connection connection = connect(connector.reveal(access))) {
            assertThatThrownBy(() -> column(connection, "select lo_create(0)::text"))
                    .hasMessageContaining("permission denied");
            execute(connection, "alter default privileges grant select on tables to orders_read");
        }
        try (Connection superuser = server.superuser("orders")) {
            String object = column(superuser, "select lo_create(0)::text").get(0);
            execute(superuser, "alter large object " + object + " owner to " + access.principal());
        }
        connector.revoke(access);
        assertThat(exists(access)).isFalse();
    }

    @Test
    void leavesTheAccessOfOthersAloneWhenOneEnds() throws Exception {
        Access one = access("orders_read");
        Access other = access("orders_read");
        connector.provision(one);
        connector.provision(other);
        Credential stays = connector.reveal(other);

        connector.revoke(one);

        try (Connection connection = connect(stays)) {
            assertThat(column(connection, "select count(*) from orders")).isNotEqualTo(List.of("0"));
        }
        connector.revoke(other);
    }

    @Test
    void endsASessionThatHoldsOnToItsOwnRole() throws Exception {
        Access access = access("orders_read");
        connector.provision(access);
        try (Connection session = connect(connector.reveal(access))) {
            session.setAutoCommit(false);
            execute(session, "alter role " + access.principal() + " password 'mine'");

            connector.revoke(access);

            assertThatThrownBy(() -> execute(session, "select 1")).isInstanceOf(SQLException.class);
        }
        assertThat(exists(access)).isFalse();
    }

    @Test
    void waitsForNobodyOnTheTargetWithoutEnd() throws Exception {
        Access access = access("orders_read");
        connector.provision(access);
        try (Connection session = connect(connector.reveal(access))) {
            session.setAutoCommit(false);
            execute(session, "alter role " + access.principal() + " password 'mine'");

            assertThatThrownBy(() -> connector.extend(access)).hasMessageContaining("lock timeout");
            assertThatThrownBy(() -> connector.reveal(access)).isInstanceOf(ConnectorException.class);
        }
        connector.revoke(access);
    }

    @Test
    void saysWithASentenceThatATargetIsDownOrUnknown() {
        TargetAddress nowhere = new TargetAddress("orders", "jdbc:postgresql://localhost:1/orders", "x", "y");
        assertThatThrownBy(() -> connectorTo(nowhere).provision(access("orders_read")))
                .isInstanceOf(ConnectorException.class)
                .hasMessageStartingWith("The target 'orders' cannot be reached");

        Access elsewhere =
                new Access(UUID.randomUUID(), "drawbridge_x", new Entitlement.Target("mars", "r"), FAR_AHEAD);
        assertThatThrownBy(() -> connector.provision(elsewhere)).hasMessageContaining("drawbridge.targets.mars");
    }

    @Test
    void namesTheAddressThatPeopleConnectTo() {
        TargetAddress own = server.orders();
        Access access = access("app_logs_read");
        PostgresConnector elsewhere = connectorTo(
                new TargetAddress("orders", own.url(), own.username(), own.password(), "db.example.com:5432/orders"));
        elsewhere.provision(access);

        assertThat(elsewhere.reveal(access).url()).endsWith("@db.example.com:5432/orders");
        elsewhere.revoke(access);
    }

    @Test
    void neverWritesAPasswordIntoAStatementOrItsOwnText() {
        Credential credential = new Credential("drawbridge_x", "secret", "postgresql://secret", "psql secret");
        assertThat(credential.toString()).doesNotContain("secret");
        assertThat(new TargetAddress("orders", "jdbc:x", "me", "secret").toString())
                .doesNotContain("secret");
    }
}
