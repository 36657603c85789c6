package dev.drawbridge.grant.postgres;

import static dev.drawbridge.grant.postgres.OwnServer.access;
import static dev.drawbridge.grant.postgres.OwnServer.column;
import static dev.drawbridge.grant.postgres.OwnServer.execute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.grant.Access;
import dev.drawbridge.grant.TargetUnreachable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Many logins end by few words, and one that resists keeps none of the others; on a real server that somebody else runs. */
class EndTogetherTest {
    private static final int FEW = 400;
    private static final double SOME_SECONDS = 8;

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

    private static List<Access> given(int many) {
        return IntStream.range(0, many)
                .mapToObj(n -> given(n % 3 == 0 ? "makers" : "readers"))
                .toList();
    }

    private static Set<UUID> ids(List<Access> accesses) {
        return accesses.stream().map(Access::requestId).collect(Collectors.toSet());
    }

    private static List<String> left() throws SQLException {
        return server.seen("select rolname from pg_roles where rolname ~ '^drawbridge_'");
    }

    @Test
    void endsThemAllWithTheirSessions() throws Exception {
        List<Access> many = given(40);
        try (Connection first = server.as(many.get(0).principal(), "shop");
                Connection last = server.as(many.get(39).principal(), "attic")) {
            assertThat(connector.revokeTogether("shop", many)).isEqualTo(ids(many));

            assertThat(left()).isEmpty();
            assertThatThrownBy(() -> execute(first, "select 1")).isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> execute(last, "select 1")).isInstanceOf(SQLException.class);
        }
        assertThat(connector.revokeTogether("shop", many)).as("again").isEqualTo(ids(many));
    }

    @Test
    void needsNoMoreTransactionsForManyThanForFew() throws Exception {
        long few = transactions(given(10));
        long many = transactions(given(200));

        assertThat(many).isEqualTo(few).isLessThanOrEqualTo(15);
    }

    private static long transactions(List<Access> accesses) throws Exception {
        long before = committed();
        connector.revokeTogether("shop", accesses);
        return committed() - before;
    }

    /** A session tells what it has done when it ends at the latest. */
    private static long committed() throws SQLException {
        server.superuser(
                "postgres",
                "select pg_terminate_backend(pid, 5000) from pg_stat_activity where usename = '" + OwnServer.ACCOUNT
                        + "'");
        connector = server.connector();
        return Long.parseLong(server.seen("select xact_commit from pg_stat_database where datname = 'shop'")
                .get(0));
    }

    @Test
    void leavesWhatResistsShutAndEndsTheOthers() throws Exception {
        List<Access> plain = given(20);
        Access preparing = given("makers");
        Access owning = given("makers");
        Access elsewhere = given("readers");
        Access held = given("readers");
        Access superuser = given("readers");
        Access running = given("readers");
        List<Access> resisting = List.of(preparing, owning, elsewhere, held, superuser, running);
        List<Access> all = new ArrayList<>(plain.subList(0, 10));
        all.addAll(resisting);
        all.addAll(plain.subList(10, 20));
        server.superuser("postgres", "alter role " + superuser.principal() + " superuser");
        try (Connection prepares = server.as(preparing.principal(), "shop");
                Connection owns = server.as(owning.principal(), "shop");
                Connection there = server.as(elsewhere.principal(), "attic");
                Connection stranger = server.as("postgres", "shop");
                Connection runs = server.as(running.principal(), "shop")) {
            execute(prepares, "begin; alter role current_user password 'x'; prepare transaction 'mine'");
            execute(owns, "create table mine (a int)");
            execute(there, "select lo_create(0)");
            execute(stranger, "begin; alter default privileges grant select on tables to " + held.principal());
            CompletableFuture<Void> query = runsWithoutLooking(runs);

            assertThat(connector.revokeTogether("shop", all)).isEqualTo(ids(plain));

            for (Access one : plain) {
                assertThat(server.has(one)).isFalse();
            }
            for (Access one : List.of(owning, elsewhere, held)) {
                assertThat(server.uses(one))
                        .as("shut, out of its groups, no session")
                        .isEmpty();
            }
            assertThat(server.uses(running)).containsExactly("session");
            assertThatThrownBy(() -> server.as(running.principal(), "shop")).isInstanceOf(SQLException.class);
            execute(stranger, "rollback");
            assertThatThrownBy(() -> query.get(5, TimeUnit.MINUTES)).isInstanceOf(ExecutionException.class);
        }
        server.superuser("postgres", "alter role " + superuser.principal() + " nosuperuser");
        for (Access one : resisting) {
            assertThat(connector.revoke(one).remnants()).isEmpty();
        }
        assertThat(left()).isEmpty();
        assertThat(server.seen("select gid from pg_prepared_xacts")).isEmpty();
    }

    /** For some seconds, however fast the machine is. */
    private static CompletableFuture<Void> runsWithoutLooking(Connection session) throws SQLException {
        String pid = column(session, "select pg_backend_pid()").get(0);
        long begun = System.nanoTime();
        execute(session, distance(FEW));
        double seconds = Math.max(0.001, (System.nanoTime() - begun) / 1e9);
        String query = distance((int) Math.max(FEW, FEW * Math.sqrt(SOME_SECONDS / seconds)));
        CompletableFuture<Void> running = CompletableFuture.runAsync(() -> {
            try {
                execute(session, query);
            } catch (SQLException cut) {
                throw new IllegalStateException(cut);
            }
        });
        while (server.seen("select 1 from pg_stat_activity where state = 'active' and pid = " + pid)
                .isEmpty()) {
            Thread.onSpinWait();
        }
        return running;
    }

    /** Between two paths of so many points: each with each of the other. */
    private static String distance(int points) {
        return "select p <-> p from (select ('[' || string_agg('(' || n || ',' || (n * 7919) % 10007 || ')', ',')"
                + " || ']')::path as p from generate_series(1, " + points + ") n) x";
    }

    @Test
    void saysOfNoneThatItIsGoneWhereTheConnectionBreaksBeforeTheyAreDropped() throws Exception {
        List<Access> many = given(10);
        try (TargetConnections connections = new TargetConnections(server.address(""));
                TargetConnections.Use use = connections.use()) {
            String pid = column(use.connection(), "select pg_backend_pid()").get(0);
            Session breaking = session(connections, breaking(use.connection(), "execute", sql -> {
                if (sql.startsWith("drop role")) {
                    server.superuser("postgres", "select pg_terminate_backend(" + pid + ", 5000)");
                }
                return false;
            }));

            assertThatThrownBy(() -> new EndTogether(breaking).run(principals(many)))
                    .isInstanceOf(SQLException.class);
        }
        assertThat(left()).as("none is lost").hasSize(10);
        assertThat(connector.revokeTogether("shop", many)).isEqualTo(ids(many));
    }

    @Test
    void saysOfNoneThatItIsGoneWhereTheAnswerIsLostAndSeesTheNextTimeThatTheyAre() throws Exception {
        List<Access> many = given(10);
        try (TargetConnections connections = new TargetConnections(server.address(""));
                TargetConnections.Use use = connections.use()) {
            boolean[] dropping = {false};
            Session breaking = session(connections, breaking(use.connection(), "execute", sql -> {
                dropping[0] |= sql.startsWith("drop role");
                return sql.equals("commit") && dropping[0];
            }));

            assertThatThrownBy(() -> new EndTogether(breaking).run(principals(many)))
                    .isInstanceOf(SQLException.class);
        }
        assertThat(left()).isEmpty();
        assertThat(connector.revokeTogether("shop", many)).isEqualTo(ids(many));
    }

    @Test
    void saysOfNoneThatItIsGoneWhereTheTargetDoesNotAnswer() throws Exception {
        List<Access> many = given(3);
        server.superuser("postgres", "alter role " + OwnServer.ACCOUNT + " nologin");
        try {
            committed();
            assertThatThrownBy(() -> connector.revokeTogether("shop", many)).isInstanceOf(TargetUnreachable.class);
        } finally {
            server.superuser("postgres", "alter role " + OwnServer.ACCOUNT + " login");
        }
        assertThat(left()).hasSize(3);
        assertThat(connector.revokeTogether("shop", many)).isEqualTo(ids(many));
    }

    private static List<String> principals(List<Access> accesses) {
        return accesses.stream().map(Access::principal).toList();
    }

    private static Session session(TargetConnections connections, Connection connection) {
        return new Session(connection, Optional.empty(), connections, Session.deadline());
    }

    private interface Before {
        /** Whether the answer is lost. */
        boolean said(String sql) throws SQLException;
    }

    /** A connection that a test is told of what is said on it, and that may lose the answer. */
    private static Connection breaking(Connection real, String method, Before before) {
        return proxy(
                Connection.class,
                real,
                made -> made instanceof Statement statement
                        ? proxy(Statement.class, statement, Function.identity(), method, before)
                        : made,
                "commit",
                sql -> before.said("commit"));
    }

    private static <T> T proxy(Class<T> type, T real, Function<Object, Object> wrap, String method, Before before) {
        return type.cast(Proxy.newProxyInstance(
                EndTogetherTest.class.getClassLoader(), new Class<?>[] {type}, (proxy, called, arguments) -> {
                    boolean told = called.getName().equals(method);
                    boolean lost = told && before.said(arguments == null ? "" : String.valueOf(arguments[0]));
                    try {
                        Object answer = called.invoke(real, arguments);
                        if (lost) {
                            throw new SQLException("The answer is lost.", "08006");
                        }
                        return called.getName().equals("createStatement") ? wrap.apply(answer) : answer;
                    } catch (InvocationTargetException failed) {
                        throw failed.getCause();
                    }
                }));
    }
}
