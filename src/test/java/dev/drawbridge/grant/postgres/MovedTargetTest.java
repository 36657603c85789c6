package dev.drawbridge.grant.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.grant.Access;
import dev.drawbridge.grant.ConnectorException;
import dev.drawbridge.grant.Place;
import dev.drawbridge.platform.TargetAddress;
import java.sql.Connection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;

/** A target gets another name or another address while access on it is live: its end is brought about where it was given. */
class MovedTargetTest {
    private static OwnServer first;
    private static OwnServer second;

    private Access access;

    @BeforeAll
    static void start() throws Exception {
        first = OwnServer.start();
        second = OwnServer.start();
    }

    @AfterAll
    static void stop() throws Exception {
        first.close();
        second.close();
    }

    private static PostgresConnector connector(Map<String, OwnServer> targets, String... replaced) {
        Map<String, TargetProperties.Target> configured = new LinkedHashMap<>();
        targets.forEach((name, server) -> configured.put(
                name,
                new TargetProperties.Target(
                        server.url("shop"), OwnServer.ACCOUNT, "none", null, null, Set.of(replaced))));
        return first.connector(new PostgresTargets(
                new TargetProperties(configured),
                new DefaultListableBeanFactory().getBeanProvider(TargetAddress.class)));
    }

    @BeforeEach
    void give() throws Exception {
        PostgresConnector asItWas = connector(Map.of("shop", first));
        Access asked = OwnServer.access("readers");
        String server = asItWas.server("shop").orElseThrow();
        access = new Access(
                asked.requestId(), asked.principal(), new Place("shop", "readers", server), asked.expiresAt());
        asItWas.provision(access);
        assertThat(first.has(access)).isTrue();
    }

    @Test
    void neverTakesTheEndOfAccessForConfirmedByAnotherServer() throws Exception {
        PostgresConnector moved = connector(Map.of("shop", second));
        try (Connection holder = first.as(access.principal(), "shop")) {
            assertThatThrownBy(() -> moved.revoke(access))
                    .isInstanceOf(ConnectorException.class)
                    .hasMessageContaining("another server than the one that this access was given on")
                    .hasMessageContaining(
                            "drawbridge.targets.shop.replaces=" + access.place().server());
            assertThat(moved.revokeTogether("shop", List.of(access))).isEmpty();
            assertThat(moved.isOn("shop", access.place())).isFalse();

            assertThat(holder.isValid(1)).as("the holder is in there still").isTrue();
        }
        assertThat(first.has(access)).isTrue();
    }

    @Test
    void givesMovesAndRevealsNothingOnAnotherServer() throws Exception {
        PostgresConnector moved = connector(Map.of("shop", second));

        assertThatThrownBy(() -> moved.provision(access)).isInstanceOf(ConnectorException.class);
        assertThatThrownBy(() -> moved.extend(access)).isInstanceOf(ConnectorException.class);
        assertThatThrownBy(() -> moved.reveal(access)).isInstanceOf(ConnectorException.class);
        assertThatThrownBy(() -> moved.find(access)).isInstanceOf(ConnectorException.class);

        assertThat(second.has(access)).isFalse();
    }

    @Test
    void endsItWhereItWasGivenOnceThatServerHasAnotherName() throws Exception {
        PostgresConnector renamed = connector(Map.of("store", first, "shop", second));
        Connection holder = first.as(access.principal(), "shop");

        assertThat(renamed.find(access)).isPresent();
        assertThat(renamed.reveal(access).url()).contains(first.address("").address());
        renamed.revoke(access);

        assertThat(holder.isValid(1)).isFalse();
        assertThat(first.uses(access)).isEmpty();
    }

    @Test
    void endsItWhereItsTargetsNameIsGoneAltogether() throws Exception {
        connector(Map.of("store", first)).revoke(access);

        assertThat(first.has(access)).isFalse();
    }

    @Test
    void saysHowToBringBackAServerThatNoTargetLeadsTo() {
        assertThatThrownBy(() -> connector(Map.of("store", second)).revoke(access))
                .isInstanceOf(ConnectorException.class)
                .hasMessageContaining("No target 'shop' is configured any more")
                .hasMessageContaining(access.place().server());
    }

    @Test
    void takesOneServerForAnotherWhereThatIsSaid() throws Exception {
        second.superuser(
                "postgres", "create role " + access.principal() + " login in role readers admin " + OwnServer.ACCOUNT);
        PostgresConnector upgraded =
                connector(Map.of("shop", second), access.place().server());

        upgraded.revoke(access);

        assertThat(second.has(access)).isFalse();
    }

    @Test
    void goesByTheNameWhereTheServerIsNotOnRecord() throws Exception {
        Access earlier = new Access(
                access.requestId(), access.principal(), new Place("shop", "readers", null), access.expiresAt());

        connector(Map.of("shop", first)).revoke(earlier);

        assertThat(first.has(access)).isFalse();
    }
}
