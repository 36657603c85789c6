package dev.drawbridge.grant.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.grant.Access;
import dev.drawbridge.grant.Connector;
import dev.drawbridge.grant.ConnectorException;
import dev.drawbridge.grant.Place;
import dev.drawbridge.grant.TargetUnreachable;
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

    /** A target: its name, its server, the names that it had, and the servers that it has taken the place of. */
    private record Configured(String name, OwnServer server, Set<String> formerly, Set<String> replaces) {
        Configured(String name, OwnServer server) {
            this(name, server, Set.of(), Set.of());
        }

        Configured formerly(String... names) {
            return new Configured(name, server, Set.of(names), replaces);
        }

        Configured replacing(String gone) {
            return new Configured(name, server, formerly, Set.of(gone));
        }
    }

    private static PostgresConnector connector(Configured... targets) {
        Map<String, TargetProperties.Target> configured = new LinkedHashMap<>();
        for (Configured target : targets) {
            configured.put(
                    target.name(),
                    new TargetProperties.Target(
                            target.server().url("shop"),
                            OwnServer.ACCOUNT,
                            "none",
                            null,
                            null,
                            target.formerly(),
                            target.replaces()));
        }
        return first.connector(new PostgresTargets(
                new TargetProperties(configured),
                new DefaultListableBeanFactory().getBeanProvider(TargetAddress.class)));
    }

    private static Configured shopOn(OwnServer server) {
        return new Configured("shop", server);
    }

    @BeforeEach
    void give() throws Exception {
        PostgresConnector asItWas = connector(shopOn(first));
        Access asked = OwnServer.access("readers");
        String server = asItWas.server("shop").orElseThrow();
        access = new Access(
                asked.requestId(), asked.principal(), new Place("shop", "readers", server, false), asked.expiresAt());
        asItWas.provision(access);
        assertThat(first.has(access)).isTrue();
    }

    private String firstServer() {
        return String.valueOf(access.place().server());
    }

    @Test
    void neverTakesTheEndOfAccessForConfirmedByAnotherServer() throws Exception {
        PostgresConnector moved = connector(shopOn(second));
        try (Connection holder = first.as(access.principal(), "shop")) {
            assertThatThrownBy(() -> moved.revoke(access))
                    .isInstanceOf(ConnectorException.class)
                    .hasMessageContaining("another server than the one that this access was given on")
                    .hasMessageContaining(firstServer());
            assertThat(moved.revokeTogether("shop", List.of(access))).isEmpty();
            assertThat(moved.isReached(access.place())).isEqualTo(Connector.Same.OTHER);
            assertThat(moved.isOn("shop", access.place())).isEqualTo(Connector.Same.UNTOLD);

            assertThat(holder.isValid(1)).as("the holder is in there still").isTrue();
        }
        assertThat(first.has(access)).isTrue();
    }

    @Test
    void givesMovesAndRevealsNothingOnAnotherServer() throws Exception {
        PostgresConnector moved = connector(shopOn(second));

        assertThatThrownBy(() -> moved.provision(access)).isInstanceOf(ConnectorException.class);
        assertThatThrownBy(() -> moved.extend(access)).isInstanceOf(ConnectorException.class);
        assertThatThrownBy(() -> moved.reveal(access)).isInstanceOf(ConnectorException.class);
        assertThatThrownBy(() -> moved.find(access)).isInstanceOf(ConnectorException.class);

        assertThat(second.has(access)).isFalse();
    }

    @Test
    void asksNoOtherTargetThanThoseThatHadTheName() {
        PostgresConnector beside = connector(new Configured("store", first), shopOn(second));

        assertThatThrownBy(() -> beside.revoke(access)).isInstanceOf(ConnectorException.class);
        assertThatThrownBy(() -> connector(new Configured("store", first)).revoke(access))
                .isInstanceOf(ConnectorException.class)
                .hasMessageContaining("drawbridge.targets.<name>.formerly=shop");
    }

    @Test
    void endsItWhereItWasGivenOnceThatServerHasAnotherName() throws Exception {
        PostgresConnector renamed = connector(new Configured("store", first).formerly("shop"), shopOn(second));
        try (Connection holder = first.as(access.principal(), "shop")) {
            assertThat(renamed.find(access)).isPresent();
            assertThat(renamed.isOn("store", access.place())).isEqualTo(Connector.Same.SAME);
            assertThat(renamed.isOn("shop", access.place())).isEqualTo(Connector.Same.OTHER);
            assertThat(renamed.namesOf("store")).containsExactlyInAnyOrder("shop", "store");
            assertThat(renamed.reveal(access).url()).contains(first.address("").address());

            renamed.revoke(access);

            assertThat(holder.isValid(1)).isFalse();
        }
        assertThat(first.uses(access)).isEmpty();
    }

    @Test
    void endsItOnTheOldServerWhileTheNewOneIsDown() throws Exception {
        try (OwnServer third = OwnServer.start()) {
            PostgresConnector moved = connector(new Configured("store", first).formerly("shop"), shopOn(third));
            third.close();

            assertThat(moved.revokeTogether("shop", List.of(access))).isEmpty();
            moved.revoke(access);

            assertThat(first.has(access)).isFalse();
        }
    }

    @Test
    void waitsForATargetThatMayBeTheServer() throws Exception {
        OwnServer third = OwnServer.start();
        third.close();
        PostgresConnector silent = connector(new Configured("store", third).formerly("shop"), shopOn(second));

        assertThatThrownBy(() -> silent.revoke(access)).isInstanceOf(TargetUnreachable.class);
        assertThatThrownBy(() -> silent.isReached(access.place())).isInstanceOf(TargetUnreachable.class);
    }

    @Test
    void takesOneServerForAnotherWhereThatIsSaidAndTheOtherIsNotThere() throws Exception {
        second.superuser(
                "postgres", "create role " + access.principal() + " login in role readers admin " + OwnServer.ACCOUNT);
        PostgresConnector both =
                connector(shopOn(second).replacing(firstServer()), new Configured("store", first).formerly("shop"));
        both.revoke(access);
        assertThat(first.has(access)).as("the server itself comes first").isFalse();
        assertThat(second.has(access)).isTrue();

        connector(shopOn(second).replacing(firstServer())).revoke(access);

        assertThat(second.has(access)).isFalse();
    }

    @Test
    void believesNoReplacementWhileTheServerItselfMayOnlyBeSilent() throws Exception {
        OwnServer third = OwnServer.start();
        third.close();
        PostgresConnector blip =
                connector(shopOn(second).replacing(firstServer()), new Configured("store", third).formerly("shop"));

        assertThatThrownBy(() -> blip.revoke(access)).isInstanceOf(TargetUnreachable.class);

        assertThat(first.has(access)).isTrue();
    }

    @Test
    void goesByTheNameWhereTheServerIsNotOnRecord() throws Exception {
        Access earlier = new Access(
                access.requestId(), access.principal(), new Place("shop", "readers", null, false), access.expiresAt());

        connector(shopOn(first)).revoke(earlier);

        assertThat(first.has(access)).isFalse();
    }

    @Test
    void believesNoTargetThatDoesNotSayWhichServerItIs() throws Exception {
        second.superuser("shop", "revoke execute on function pg_control_system() from public");
        try {
            PostgresConnector untold = connector(shopOn(second));

            assertThat(untold.server("shop")).isEmpty();
            assertThatThrownBy(() -> untold.revoke(access))
                    .isInstanceOf(ConnectorException.class)
                    .hasMessageContaining("grant execute on function pg_catalog.pg_control_system()");
            assertThat(untold.revokeTogether("shop", List.of(access))).isEmpty();
            assertThat(untold.isOn("shop", access.place())).isEqualTo(Connector.Same.UNTOLD);
        } finally {
            second.superuser("shop", "grant execute on function pg_control_system() to public");
        }
        assertThat(first.has(access)).isTrue();
    }
}
