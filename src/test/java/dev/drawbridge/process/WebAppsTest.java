package dev.drawbridge.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drawbridge.deputies.Deputies;
import dev.drawbridge.deputies.DeputyAppointed;
import dev.drawbridge.testing.Answer;
import dev.drawbridge.testing.DrawbridgeTest;
import dev.drawbridge.testing.World;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.User;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What the engine's web applications ask the server for, and what they find. */
@DrawbridgeTest
class WebAppsTest {
    private static final String ENGINE = "/camunda/api/engine/engine/default";

    @Autowired
    World world;

    @Autowired
    ApplicationEventPublisher events;

    @Autowired
    PlatformTransactionManager transactions;

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
    void areToldWhoMayNotSeeTasksSoThatTheyDoNotSayThatThereAreNone() {
        for (String who : List.of("operator", "auditor", "process-owner")) {
            assertThat(world.get(
                                    who,
                                    ENGINE + "/authorization/check?permissionName=READ&resourceName=task"
                                            + "&resourceType=7&resourceId=*")
                            .json()
                            .path("authorized")
                            .asBoolean(true))
                    .as(who)
                    .isFalse();
        }
    }

    @Test
    void leadFromTheEnginesStartPageToOurs() {
        for (String path : List.of("", "default/", "scripts/config.js")) {
            Answer welcome = world.get("engineer", "/camunda/app/welcome/" + path);
            assertThat(welcome.status()).as(path).isEqualTo(302);
            assertThat(welcome.headers().firstValue("Location")).hasValue("/");
        }
    }

    @Test
    void showADeputyWhatTheyAreToAnswerInTheFilterForIt() {
        world.post(
                "owner",
                "/api/v1/deputies",
                Map.of(
                        "deputy", "security",
                        "from", world.clock().instant().toString(),
                        "until",
                                world.clock().instant().plus(Duration.ofDays(1)).toString()));
        UUID id = world.request("engineer", "orders-write", "PT30M");
        assertThat(waiting("security")).isZero();

        world.decide("manager", id, "approve");

        assertThat(waiting("security")).isEqualTo(1);
        assertThat(waiting("security2")).isZero();
    }

    /** How many tasks the filter "My approvals" counts for a person. */
    private int waiting(String who) {
        for (JsonNode filter : world.get(who, ENGINE + "/filter").json()) {
            if (filter.path("name").asText().equals("My approvals")) {
                return world.get(who, ENGINE + "/filter/" + filter.path("id").asText() + "/count")
                        .json()
                        .path("count")
                        .asInt();
            }
        }
        throw new AssertionError(who + " has no such filter");
    }

    @Test
    void showADeputyOfNoApprovingGroupTheFilterOnceTheyAreNamed() {
        IdentityService identities = world.engine().getIdentityService();
        User standIn = identities.newUser("standin");
        standIn.setFirstName("Stan");
        standIn.setLastName("In");
        standIn.setPassword("standin");
        identities.saveUser(standIn);
        try {
            assertThat(filters("standin")).isEmpty();
            Deputies.Deputy deputy = new Deputies.Deputy(
                    UUID.randomUUID(),
                    "manager",
                    "standin",
                    world.clock().instant(),
                    world.clock().instant().plus(Duration.ofDays(1)));
            new TransactionTemplate(transactions)
                    .executeWithoutResult(status -> events.publishEvent(new DeputyAppointed(deputy)));

            assertThat(filters("standin")).containsExactly("My approvals");
        } finally {
            identities.deleteUser("standin");
        }
    }

    private List<String> filters(String who) {
        return world.get(who, "/engine-rest/filter").json().findValuesAsText("name");
    }
}
