package dev.drawbridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.testing.Answer;
import dev.drawbridge.testing.DrawbridgeTest;
import dev.drawbridge.testing.World;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.User;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Accounts whose ids are mail addresses with all that those may hold, through the life of a request. */
@DrawbridgeTest
class MailAddressAccountsTest {
    private static final String ASKS = "o'neil+ops/{a}|b%40~&=?#$*!^`@example.org";
    private static final String ANSWERS = "jürgen+boss'@example.org";

    @Autowired
    World world;

    private IdentityService accounts;

    @BeforeEach
    void haveSuchAccounts() {
        world.startAfresh();
        accounts = world.engine().getIdentityService();
        create(ASKS, "engineers");
        create(ANSWERS, "managers");
        accounts.setUserInfo(ASKS, "manager", ANSWERS);
    }

    @AfterEach
    void leaveNone() {
        world.startAfresh();
        List.of(ASKS, ANSWERS).forEach(accounts::deleteUser);
    }

    private void create(String id, String group) {
        User user = accounts.newUser(id);
        user.setPassword(id);
        accounts.saveUser(user);
        accounts.createMembership(id, group);
    }

    @Test
    void askAnswerUseAndEndLikeAnybodyElse() {
        UUID id = world.request(ASKS, "orders-write", "PT30M");
        assertThat(world.state(id)).isEqualTo("PENDING_APPROVAL");
        assertThat(world.get(ANSWERS, "/api/v1/access-requests/" + id).get("requester"))
                .isEqualTo(ASKS);
        Answer handed = world.act(ANSWERS, id, "hand-over", Map.of("to", "manager2"));
        assertThat(handed.status()).as(handed.text()).isLessThan(300);
        assertThat(world.decide("manager2", id, "approve").status()).isEqualTo(200);
        world.decide("owner", id, "approve");
        assertThat(world.state(id)).isEqualTo("ACTIVE");
        assertThat(world.act(ASKS, id, "credentials", null).status()).isEqualTo(200);
        assertThat(world.get(
                                "operator",
                                "/api/v1/access-requests?requester=" + URLEncoder.encode(ASKS, StandardCharsets.UTF_8))
                        .json()
                        .path("items")
                        .findValuesAsText("requester"))
                .contains(ASKS)
                .containsOnly(ASKS);
        assertThat(world.get(ASKS, "/").status()).isEqualTo(200);
        assertThat(world.get("operator", "/operations").status()).isEqualTo(200);
        assertThat(world.act(ASKS, id, "return", null).status()).isEqualTo(200);
        assertThat(world.outcome(id)).isEqualTo("RETURNED");
        assertThat(world.loginExists(id)).isFalse();
    }

    @Test
    void mayBeDeputies() {
        String until = world.clock().instant().plus(Duration.ofDays(1)).toString();

        Answer named = world.post("manager", "/api/v1/deputies", Map.of("deputy", ANSWERS, "until", until));

        assertThat(named.status()).as(named.text()).isEqualTo(201);
        assertThat(world.get(ANSWERS, "/api/v1/deputies").json().findValuesAsText("deputy"))
                .contains(ANSWERS);
    }
}
