package dev.drawbridge.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.testing.Answer;
import dev.drawbridge.testing.DrawbridgeTest;
import dev.drawbridge.testing.World;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What the engine's web applications ask the server for, and what they find. */
@DrawbridgeTest
class WebAppsTest {
    private static final String ENGINE = "/camunda/api/engine/engine/default";

    @Autowired
    World world;

    @BeforeEach
    void startAfresh() {
        world.startAfresh();
    }

    @Test
    void findTheOwnNameOfWhoeverIsSignedInAndNobodyElses() {
        for (String who : List.of("engineer", "contractor", "auditor", "operator", "process-owner")) {
            Answer own = world.get(who, ENGINE + "/user/" + who + "/profile");
            assertThat(own.status()).as(who).isEqualTo(200);
            assertThat(own.get("firstName")).isNotBlank();
            assertThat(world.get(who, ENGINE + "/user/manager/profile").status())
                    .as(who)
                    .isEqualTo(404);
        }
        assertThat(world.get("engineer", ENGINE + "/user").json()).hasSize(1);
    }

    @Test
    void letNobodyChangeTheirNameByWhichApproversKnowThem() {
        for (String api : List.of("/engine-rest", ENGINE)) {
            Answer changed = world.call(
                    "engineer",
                    "PUT",
                    api + "/user/engineer/profile",
                    Map.of("id", "engineer", "firstName", "Mara", "lastName", "Manager"));
            assertThat(changed.status()).as(api).isGreaterThanOrEqualTo(400);
        }
        assertThat(world.get("engineer", ENGINE + "/user/engineer/profile").get("firstName"))
                .isEqualTo("Erin");
    }

    @Test
    void findARuleOfPasswordsForTheirForms() {
        assertThat(world.get("engineer", ENGINE + "/identity/password-policy").status())
                .isEqualTo(200);
    }

    @Test
    void showOperatorsAuditorsAndProcessOwnersHowManyTasksAreOpen() {
        world.request("engineer", "orders-write", "PT30M");

        for (String who : List.of("operator", "auditor", "process-owner")) {
            assertThat(world.get(who, ENGINE + "/task/count")
                            .json()
                            .path("count")
                            .asInt())
                    .as(who)
                    .isEqualTo(1);
        }
        assertThat(world.get("engineer2", ENGINE + "/task/count")
                        .json()
                        .path("count")
                        .asInt())
                .isZero();
    }

    @Test
    void leadFromTheEnginesStartPageToOurs() {
        for (String path : List.of("", "default/", "scripts/config.js")) {
            Answer welcome = world.get("engineer", "/camunda/app/welcome/" + path);
            assertThat(welcome.status()).as(path).isEqualTo(302);
            assertThat(welcome.headers().firstValue("Location")).hasValue("/");
        }
    }
}
