package dev.drawbridge.guardrails;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drawbridge.testing.DrawbridgeTest;
import dev.drawbridge.testing.World;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What of the catalog somebody can get, and for how long, before they have asked. */
@DrawbridgeTest
class ProspectsTest {
    @Autowired
    World world;

    @BeforeEach
    void startAfresh() {
        world.startAfresh();
    }

    private Map<String, String> each(String who, String field) {
        Map<String, String> values = new LinkedHashMap<>();
        for (JsonNode one : world.get(who, "/api/v1/catalog/prospects").json()) {
            values.put(one.path("entitlement").asText(), one.path(field).asText(null));
        }
        return values;
    }

    @Test
    void namesTheLongestThatThisPersonWouldGetAndNotTheCatalogsLimit() {
        assertThat(each("engineer", "limit"))
                .containsEntry("app-logs-read", "PT8H")
                .containsEntry("orders-write", "PT2H")
                .containsEntry("orders-admin", "PT1H");
    }

    @Test
    void saysWhyAContractorNeverGetsCriticalAccessAndOfNothingElseThatItCannotBeHad() {
        assertThat(each("contractor", "never"))
                .hasEntrySatisfying(
                        "orders-admin",
                        why -> assertThat(why).startsWith("Contractors are never given critical access"))
                .containsEntry("orders-write", null)
                .containsEntry("app-logs-read", null);
        assertThat(each("engineer", "never")).containsEntry("orders-admin", null);
    }

    @Test
    void doesNotTakeForNeverWhatIsOnlyRefusedNow() {
        world.request("engineer", "orders-write", "PT30M");

        assertThat(world.post("engineer", "/api/v1/access-requests/preview", World.ask("orders-write", "PT30M"))
                        .status())
                .isEqualTo(409);
        assertThat(each("engineer", "never")).containsEntry("orders-write", null);
    }

    @Test
    void isAboutNothingThatOneMayNotAskFor() {
        assertThat(each("auditor", "limit")).isEmpty();
    }
}
