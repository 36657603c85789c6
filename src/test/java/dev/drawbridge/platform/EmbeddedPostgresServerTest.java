package dev.drawbridge.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresServerTest {
    @TempDir
    Path data;

    private static String show(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void keepsWhatWasWrittenAndSaysSoToTheDisk() throws Exception {
        try (EmbeddedPostgresServer server = EmbeddedPostgresServer.start(data, 0);
                Connection superuser = server.superuser("drawbridge")) {
            assertThat(show(superuser, "show fsync")).isEqualTo("on");
            assertThat(show(superuser, "show synchronous_commit")).isEqualTo("on");
            assertThat(show(superuser, "show full_page_writes")).isEqualTo("on");
            run(superuser, "create table kept (what text)");
            run(superuser, "insert into kept values ('here')");
        }
        try (EmbeddedPostgresServer again = EmbeddedPostgresServer.start(data, 0);
                Connection superuser = again.superuser("drawbridge")) {
            assertThat(show(superuser, "select what from kept")).isEqualTo("here");
        }
    }

    @Test
    void leavesDataOfAnotherMajorVersionAsItIsAndSaysWhatToDo() throws Exception {
        try (EmbeddedPostgresServer server = EmbeddedPostgresServer.start(data, 0);
                Connection superuser = server.superuser("drawbridge")) {
            assertThat(show(superuser, "select current_setting('server_version_num')::int / 10000"))
                    .as("of the binaries that come along")
                    .isEqualTo(EmbeddedPostgresServer.MAJOR_VERSION);
        }
        Path version = data.resolve("postgres").resolve("PG_VERSION");
        Files.writeString(version, "16\n");

        assertThatThrownBy(() -> EmbeddedPostgresServer.start(data, 0))
                .isInstanceOfSatisfying(
                        CannotStart.class,
                        refused -> assertThat(refused.action())
                                .contains("pg_dump", "Start the release that you had before"))
                .hasMessageContaining("was written by PostgreSQL 16")
                .hasMessageContaining("brings PostgreSQL 17 along");

        Files.writeString(version, EmbeddedPostgresServer.MAJOR_VERSION + "\n");
        try (EmbeddedPostgresServer again = EmbeddedPostgresServer.start(data, 0);
                Connection superuser = again.superuser("orders")) {
            assertThat(show(superuser, "select count(*) > 0 from customers")).isEqualTo("t");
        }
    }

    @Test
    void letsNobodyInWithoutAPassword() throws Exception {
        try (EmbeddedPostgresServer server = EmbeddedPostgresServer.start(data, 0)) {
            assertThatThrownBy(() -> DriverManager.getConnection(server.url("drawbridge"), "postgres", ""))
                    .isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> DriverManager.getConnection(server.url("drawbridge"), "postgres", "postgres"))
                    .hasMessageContaining("password authentication failed");
            try (Connection superuser = server.superuser("postgres")) {
                assertThat(show(superuser, "show password_encryption")).isEqualTo("scram-sha-256");
                assertThat(show(superuser, "show listen_addresses")).isEqualTo("localhost");
                assertThat(
                                show(
                                        superuser,
                                        "select string_agg(distinct auth_method, ',') from pg_hba_file_rules where auth_method is not null"))
                        .isEqualTo("scram-sha-256");
            }
        }
        Path password = data.resolve("postgres-password");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(password)))
                .isEqualTo("rw-------");
        assertThat(Files.readString(password).strip()).hasSizeGreaterThanOrEqualTo(32);
    }

    @Test
    void worksAsNoSuperuserInTheProduct() throws Exception {
        try (EmbeddedPostgresServer server = EmbeddedPostgresServer.start(data, 0)) {
            for (TargetAddress account : new TargetAddress[] {server.application(), server.orders()}) {
                try (Connection connection =
                        DriverManager.getConnection(account.url(), account.username(), account.password())) {
                    assertThat(show(connection, "select rolsuper::text from pg_roles where rolname = current_user"))
                            .isEqualTo("false");
                }
            }
            // The account that hands out access has no business with the record.
            assertThatThrownBy(() -> DriverManager.getConnection(
                            server.url("drawbridge"),
                            server.orders().username(),
                            server.orders().password()))
                    .hasMessageContaining("permission denied");
        }
    }

    @Test
    void takesOverWhatAKilledApplicationLeftRunning() throws Exception {
        Process application = startInAProcessOfItsOwn();
        long left = Long.parseLong(Files.readAllLines(data.resolve("postgres").resolve("postmaster.pid"))
                .get(0)
                .strip());
        application.destroyForcibly().waitFor(30, TimeUnit.SECONDS);
        assertThat(ProcessHandle.of(left))
                .as("PostgreSQL outlives the application")
                .isPresent();

        try (EmbeddedPostgresServer server = EmbeddedPostgresServer.start(data, 0);
                Connection superuser = server.superuser("drawbridge")) {
            assertThat(show(superuser, "select what from kept")).isEqualTo("before the kill");
            assertThat(ProcessHandle.of(left).map(ProcessHandle::isAlive).orElse(false))
                    .as("one server on the directory, not two")
                    .isFalse();
        }
    }

    @Test
    void neverStopsAProcessThatHasTheNumberOfAServerWhichEndedLongAgo() throws Exception {
        // Called like the server, as another PostgreSQL on this machine is.
        Path called = Files.copy(Path.of("/bin/sleep"), data.resolve("postgres-of-somebody-else"));
        Process other = new ProcessBuilder(called.toString(), "300").start();
        Path directory = Files.createDirectories(data.resolve("postgres"));
        Path stale = directory.resolve("postmaster.pid");
        long began = other.info().startInstant().orElseThrow().getEpochSecond();
        try {
            for (String file : new String[] {
                other.pid() + "\n" + directory + "\n" + (began - 3600) + "\n",
                other.pid() + "\n",
                other.pid() + "\n" + directory + "\nlong ago\n",
                "",
                "what is this\n"
            }) {
                Files.writeString(stale, file);

                LeftRunning.stop(directory);

                assertThat(other.isAlive()).as(file).isTrue();
            }
            Files.writeString(stale, other.pid() + "\n" + directory + "\n" + began + "\n");
            LeftRunning.stop(directory);
            assertThat(other.isAlive()).as("the one that wrote the file").isFalse();
        } finally {
            other.destroyForcibly();
        }
    }

    @Test
    void knowsItsServerByTheDirectoryWhereTheClockWasSetMeanwhile() throws Exception {
        Path directory = Files.createDirectories(data.resolve("postgres"));
        Path called = Files.copy(Path.of("/bin/sh").toRealPath(), data.resolve("postgres-shell"));
        for (String served : new String[] {directory.toString(), directory + "-of-another", "postgres"}) {
            Process server = new ProcessBuilder(called.toString(), "-c", "sleep 300; true", "postgres", "-D", served)
                    .redirectErrorStream(true)
                    .start();
            try {
                long hoursOff = server.info().startInstant().orElseThrow().getEpochSecond() - 7200;
                Files.writeString(
                        directory.resolve("postmaster.pid"), server.pid() + "\n" + directory + "\n" + hoursOff + "\n");

                LeftRunning.stop(directory);

                assertThat(server.isAlive()).as(served).isEqualTo(!served.equals(directory.toString()));
            } finally {
                server.descendants().forEach(ProcessHandle::destroyForcibly);
                server.destroyForcibly();
            }
        }
    }

    /** Starts the server on the directory, writes a row and waits to be killed. */
    static final class Holder {
        public static void main(String[] arguments) throws Exception {
            EmbeddedPostgresServer server = EmbeddedPostgresServer.start(Path.of(arguments[0]), 0);
            try (Connection superuser = server.superuser("drawbridge")) {
                run(superuser, "create table kept (what text)");
                run(superuser, "insert into kept values ('before the kill')");
            }
            System.out.println("WRITTEN");
            System.in.read();
        }
    }

    private Process startInAProcessOfItsOwn() throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        data.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        var output = process.inputReader();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.equals("WRITTEN")) {
                return process;
            }
        }
        throw new IllegalStateException("The application did not start");
    }

    @Test
    void refusesADirectoryThatAnotherApplicationUses() throws Exception {
        try (EmbeddedPostgresServer server = EmbeddedPostgresServer.start(data, 0)) {
            assertThatThrownBy(() -> EmbeddedPostgresServer.start(data, 0))
                    .isInstanceOf(CannotStart.class)
                    .hasMessageContaining("Another Drawbridge uses the data directory");
        }
    }

    @Test
    void refusesAPortThatIsTakenWithASentence() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> EmbeddedPostgresServer.start(data, taken.getLocalPort()))
                    .isInstanceOfSatisfying(CannotStart.class, mistake -> {
                        assertThat(mistake.getMessage()).contains("Port " + taken.getLocalPort());
                        assertThat(mistake.action()).contains("drawbridge.embedded-postgres.port");
                    });
        }
    }
}
