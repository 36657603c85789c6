package dev.drawbridge.grant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.testing.DrawbridgeTest;
import dev.drawbridge.testing.World;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DuplicateKeyException;

/** No two grants share a login. */
@DrawbridgeTest
class GrantsTest {
    @Autowired
    World world;

    @Autowired
    Grants grants;

    @BeforeEach
    void startAfresh() {
        world.startAfresh();
    }

    @Test
    void namesALoginByMoreDigitsWhereAnotherGrantHasItsFirst() {
        UUID id = world.request("engineer", "app-logs-read", "PT1H");
        UUID alike = new UUID(id.getMostSignificantBits() ^ 1, 0);
        assertThat(Access.principalFor(alike)).isEqualTo(Access.principalFor(id));

        assertThat(grants.principalFor(id)).as("its own").isEqualTo(Access.principalFor(id));
        assertThat(grants.principalFor(alike))
                .startsWith(Access.principalFor(id))
                .hasSize("drawbridge_".length() + 13);
    }

    @Test
    void refusesALoginThatAnotherGrantHasAndTakesTheSameGrantTwice() {
        Grant grant =
                grants.find(world.request("engineer", "app-logs-read", "PT1H")).orElseThrow();
        UUID waiting = world.request("engineer", "orders-write", "PT1H");
        int before = world.grants();

        grants.add(grant, null);
        assertThatThrownBy(() -> grants.add(
                        new Grant(
                                waiting,
                                grant.principal(),
                                grant.entitlement(),
                                grant.place(),
                                grant.startedAt(),
                                grant.expiresAt()),
                        null))
                .isInstanceOf(DuplicateKeyException.class);

        assertThat(world.grants()).isEqualTo(before);
    }
}
