package dev.drawbridge.request;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drawbridge.testing.DrawbridgeTest;
import dev.drawbridge.testing.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Lists go on where the page before ended, whatever comes meanwhile. */
@DrawbridgeTest
class PagesTest {
    private static final String REQUESTS = "/api/v1/access-requests";

    @Autowired
    World world;

    @BeforeEach
    void startAfresh() {
        world.startAfresh();
    }

    private List<String> some(String who, int many) {
        List<String> ids = new ArrayList<>();
        for (int number = 0; number < many; number++) {
            ids.add(0, denied(who).toString());
        }
        return ids;
    }

    private UUID denied(String who) {
        world.clock().advance(Duration.ofSeconds(1));
        return world.request(who, "orders-admin", "PT30M");
    }

    private static List<String> ids(JsonNode page) {
        return page.path("items").findValues("id").stream()
                .map(JsonNode::asText)
                .filter(id -> id.length() == 36)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "&state=ENDED",
                "&requester=contractor",
                "&entitlement=orders-admin",
                "&requester=contractor&entitlement=orders-admin&state=ENDED"
            })
    void neitherSkipNorRepeatWhileRequestsArrive(String filter) {
        List<String> sent = some("contractor", 7);
        for (String viewer : List.of("auditor", "contractor")) {
            List<String> read = new ArrayList<>();
            JsonNode page = world.get(viewer, REQUESTS + "?size=2" + filter).json();
            while (read.size() < 7) {
                read.addAll(ids(page));
                denied("contractor");
                if (page.path("next").isNull()) {
                    break;
                }
                page = world.get(
                                viewer,
                                REQUESTS + "?size=2&after=" + page.path("next").asText() + filter)
                        .json();
            }
            assertThat(read).doesNotHaveDuplicates();
            int first = read.indexOf(sent.get(0));
            if (first < 0) {
                // The newest are those that came while the viewer before read.
                continue;
            }
            assertThat(read.subList(first, read.size())).isEqualTo(sent.subList(0, read.size() - first));
        }
    }

    @Test
    void showWhatIsOpenByItsState() {
        UUID waiting = world.request("engineer", "orders-write", "PT30M");
        UUID active = world.request("engineer", "app-logs-read", "PT30M");
        UUID later = world.request(
                "engineer",
                World.ask(
                        "app-logs-read",
                        "PT30M",
                        "startsAt",
                        world.clock().instant().plus(Duration.ofHours(3)).toString()));
        for (String viewer : List.of("auditor", "engineer")) {
            assertThat(ids(of(viewer, "PENDING_APPROVAL"))).containsExactly(waiting.toString());
            assertThat(ids(of(viewer, "ACTIVE"))).containsExactly(active.toString());
            assertThat(ids(of(viewer, "SCHEDULED"))).containsExactly(later.toString());
            assertThat(ids(of(viewer, "REVOKING"))).isEmpty();
            assertThat(ids(of(viewer, "PROVISIONING"))).isEmpty();
        }
        assertThat(ids(of("manager", "PENDING_APPROVAL"))).containsExactly(waiting.toString());
        assertThat(ids(of("manager", "ACTIVE"))).isEmpty();
        assertThat(ids(world.get("manager", REQUESTS).json())).contains(waiting.toString());
        assertThat(ids(world.get("manager", REQUESTS).json())).doesNotContain(active.toString());
        assertThat(ids(world.get("owner", REQUESTS).json())).contains(waiting.toString());
        assertThat(ids(world.get("contractor", REQUESTS + "?requester=engineer").json()))
                .isEmpty();
    }

    private JsonNode of(String viewer, String state) {
        return world.get(viewer, REQUESTS + "?state=" + state).json();
    }

    @Test
    void countOnlyWhatIsLast() {
        UUID id = world.request("engineer", "orders-write", "PT30M");
        JsonNode last = of("auditor", "PENDING_APPROVAL");
        assertThat(last.path("total").asInt()).isEqualTo(1);
        assertThat(last.path("next").isNull()).isTrue();
        assertThat(ids(last)).containsExactly(id.toString());
        some("contractor", 2);
        JsonNode more = world.get("auditor", REQUESTS + "?size=1").json();
        assertThat(more.path("total").isNull()).isTrue();
        assertThat(more.path("page").asInt()).isZero();
    }

    @Test
    void refuseAPageTooFarAndAMarkThatIsNone() {
        assertThat(world.get("auditor", REQUESTS + "?page=201&size=50").get("code"))
                .isEqualTo("page-too-far");
        assertThat(world.get("auditor", REQUESTS + "?page=201&size=50").detail())
                .contains("'after'");
        assertThat(world.get("auditor", REQUESTS + "?after=nonsense").status()).isEqualTo(400);
        assertThat(world.get("auditor", REQUESTS + "?after=nonsense").get("field"))
                .isEqualTo("after");
        assertThat(world.get("auditor", REQUESTS + "?after=nonsense&page=1").get("field"))
                .isEqualTo("after");
    }
}
