package dev.drawbridge.grant.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.grant.Access;
import dev.drawbridge.grant.Connector;
import dev.drawbridge.grant.TargetUnreachable;
import dev.drawbridge.platform.CannotStart;
import dev.drawbridge.platform.TargetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;

/** The password of the connector's account is changed on the server and in its file, and nothing is started anew. */
class PasswordChangedTest {
    private static final Connector.Stretch ALL = Connector.Stretch.between(new UUID(0, 0), new UUID(-1, -1));

    private static OwnServer server;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() throws Exception {
        server = OwnServer.start();
        server.askForPasswords();
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    private static PostgresTargets targets(String password, Path file) {
        return new PostgresTargets(
                new TargetProperties(Map.of(
                        "shop",
                        new TargetProperties.Target(
                                server.url("shop"), OwnServer.ACCOUNT, password, file, null, Set.of()))),
                new DefaultListableBeanFactory().getBeanProvider(TargetAddress.class));
    }

    private static void change(String password) throws Exception {
        server.superuser("postgres", "alter role " + OwnServer.ACCOUNT + " password '" + password + "'");
    }

    /** And lets the connector see that: what it has used a moment ago it takes to be there still. */
    private static void endSessionsOf(PostgresConnector connector) throws Exception {
        server.superuser(
                "postgres",
                "select pg_terminate_backend(pid, 5000) from pg_stat_activity where usename = '" + OwnServer.ACCOUNT
                        + "'");
        try {
            connector.inventory("shop", ALL);
        } catch (TargetUnreachable cutOff) {
            assertThat(cutOff).hasMessageContaining("The target 'shop'");
        }
    }

    @Test
    void goesOnWithThePasswordThatTheFileSaysByNow() throws Exception {
        change("first");
        Path file = Files.writeString(folder.resolve("password"), "first\n");
        PostgresConnector connector = server.connector(targets(null, file));
        Access access = OwnServer.access("readers");
        connector.provision(access);

        change("second");
        endSessionsOf(connector);
        assertThatThrownBy(() -> connector.find(access))
                .isInstanceOf(TargetUnreachable.class)
                .hasMessageContaining("password authentication failed")
                .hasMessageContaining("The password is the one in " + file)
                .hasMessageNotContaining("first");

        Files.writeString(file, "second\n");
        assertThat(connector.find(access)).isPresent();
        connector.revoke(access);
        assertThat(server.has(access)).isFalse();
    }

    @Test
    void doesNotTrySomethingElseWhileTheOldPasswordIsTaken() throws Exception {
        change("first");
        Path file = Files.writeString(folder.resolve("password"), "first");
        PostgresConnector connector = server.connector(targets(null, file));
        connector.inventory("shop", ALL);

        Files.writeString(file, "not yet");
        endSessionsOf(connector);

        assertThatCode(() -> connector.inventory("shop", ALL)).doesNotThrowAnyException();
    }

    @Test
    void saysWhichFileItCannotRead() {
        Path file = folder.resolve("nowhere");

        assertThatThrownBy(() -> server.connector(targets(null, file)).inventory("shop", ALL))
                .isInstanceOf(TargetUnreachable.class)
                .hasMessage("The target 'shop' cannot be reached: The password file " + file + " cannot be read.");
    }

    @Test
    void startsWithOnePasswordAndNotWithTwoOrNone() {
        assertThatThrownBy(() -> targets(null, null))
                .isInstanceOf(CannotStart.class)
                .hasMessage("The target 'shop' has no password.");
        assertThatThrownBy(() -> targets("one", folder.resolve("other")))
                .isInstanceOf(CannotStart.class)
                .hasMessage("The target 'shop' has two passwords.");
    }
}
