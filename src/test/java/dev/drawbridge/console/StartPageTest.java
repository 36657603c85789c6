package dev.drawbridge.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.testing.DrawbridgeTest;
import dev.drawbridge.testing.World;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.User;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The page at {@code /}, by what its tables say. */
@DrawbridgeTest
class StartPageTest {
    private static final Pattern ROW = Pattern.compile("<tr[ >](.*?)</tr>", Pattern.DOTALL);

    @Autowired
    World world;

    @BeforeEach
    void startAfresh() {
        world.startAfresh();
    }

    /** The lines of the table with this id, as text; none where there is no such table. */
    private List<String> lines(String who, String table) {
        String page = world.get(who, "/").text();
        int start = page.indexOf("<table id=\"" + table + "\"");
        if (start < 0) {
            return List.of();
        }
        return ROW.matcher(page.substring(page.indexOf("<tbody>", start), page.indexOf("</table>", start)))
                .results()
                .map(row -> row.group().replaceAll("<span class=\"unseen\".*?</span>", ""))
                .map(row ->
                        row.replaceAll("<[^>]*>", " ").replaceAll("\\s+", " ").strip())
                .toList();
    }

    private UUID ask(String who) {
        return world.request(who, World.ask("orders-write", "PT90M", "justification", "Mend order 4711"));
    }

    @Test
    void showsAnApproverWhatWaitsForThemWithAWayToTheVeryTaskAndNobodyElse() {
        UUID id = ask("engineer");

        assertThat(lines("manager", "waiting"))
                .singleElement()
                .asString()
                .startsWith("Erin Engineer Orders, change data 1 hour 30 minutes Mend order 4711")
                .endsWith("Answer");
        assertThat(world.get("manager", "/").text()).contains("/requests/" + id + "/task");
        for (String other : List.of("engineer", "engineer2", "manager2", "owner", "auditor")) {
            assertThat(lines(other, "waiting")).as(other).isEmpty();
        }

        world.decide("manager", id, "approve");

        assertThat(lines("manager", "waiting")).isEmpty();
        assertThat(lines("owner", "waiting")).hasSize(1);
        assertThat(lines("owner2", "waiting")).hasSize(1);
    }

    @Test
    void showsFirstWhatTimesOutFirst() {
        ask("engineer");
        world.clock().advance(Duration.ofMinutes(30));
        ask("engineer2");

        assertThat(lines("manager", "waiting")).hasSize(2).first().asString().startsWith("Erin Engineer");
    }

    @Test
    void showsTwentyAtMostAndWhereTheOthersAre() {
        for (int hour = 1; hour <= 11; hour++) {
            String start = world.clock().instant().plus(Duration.ofHours(hour)).toString();
            world.request("engineer", World.ask("orders-write", "PT5M", "startsAt", start));
            world.request("engineer2", World.ask("orders-write", "PT5M", "startsAt", start));
        }

        assertThat(lines("manager", "waiting")).hasSize(20);
        assertThat(world.get("manager", "/").text()).contains("all that wait are in Tasklist");
    }

    @Test
    void saysWhoHasClaimedItAndShowsNobodyWhatWaitsForTheRequester() {
        UUID id = ask("engineer");
        world.decide("manager", id, "approve");
        String task =
                world.get("owner", "/engine-rest/task").json().get(0).path("id").asText();
        world.post("owner", "/engine-rest/task/" + task + "/claim", Map.of("userId", "owner"));

        assertThat(lines("owner", "waiting")).singleElement().asString().endsWith("Answer");
        assertThat(lines("owner2", "waiting")).singleElement().asString().endsWith("Olga Owner has claimed it");

        world.decide("owner", id, "ask");

        assertThat(lines("owner", "waiting")).isEmpty();
        assertThat(lines("engineer", "open"))
                .singleElement()
                .asString()
                .contains("An approver asks you something; answer it by")
                .contains("Answer Withdraw");
        assertThat(world.get("engineer", "/requests/" + id + "/task")
                        .headers()
                        .firstValue("Location")
                        .orElseThrow())
                .contains("/tasks/");
    }

    @Test
    void leadsNobodyToATaskWhoIsNotAskedForIt() {
        UUID id = ask("engineer");

        for (String other : List.of("engineer", "auditor", "security", "manager2")) {
            assertThat(world.get(other, "/requests/" + id + "/task")
                            .headers()
                            .firstValue("Location")
                            .orElseThrow())
                    .as(other)
                    .doesNotContain("/tasks/");
        }
    }

    @Test
    void neverAsksAnApproverForAnAnswerToTheirOwnRequest() {
        world.engine().getIdentityService().createMembership("owner", "engineers");
        try {
            UUID id = ask("owner");
            world.decide("manager2", id, "approve");

            assertThat(lines("owner2", "waiting")).hasSize(1);
            assertThat(lines("owner", "waiting")).isEmpty();
        } finally {
            world.engine().getIdentityService().deleteMembership("owner", "engineers");
        }
    }

    @Test
    void letsAManagerInWhoIsInNoGroupThatIsAskedForApprovals() {
        IdentityService identities = world.engine().getIdentityService();
        User lead = identities.newUser("lead");
        lead.setFirstName("Lea");
        lead.setLastName("Lead");
        lead.setPassword("lead");
        identities.saveUser(lead);
        identities.setUserInfo("engineer", "manager", "lead");
        try {
            assertThat(world.get("lead", "/").text()).contains("While you are away");
            UUID id = ask("engineer");

            assertThat(lines("lead", "waiting")).hasSize(1);
            assertThat(lines("engineer", "open").toString())
                    .contains("Waits for Lea Lead", "Managers may answer as well");
            assertThat(world.get("lead", "/engine-rest/filter").json().findValuesAsText("name"))
                    .containsExactly("My approvals");
            assertThat(world.get(
                                    "lead",
                                    "/engine-rest/authorization/check?permissionName=ACCESS&resourceName=application"
                                            + "&resourceType=0&resourceId=tasklist")
                            .json()
                            .path("authorized")
                            .asBoolean())
                    .isTrue();
            assertThat(world.decide("lead", id, "approve").text()).contains("\"id\"");
        } finally {
            identities.setUserInfo("engineer", "manager", "manager");
            identities.deleteUser("lead");
        }
    }

    @Test
    void showsOldAccessThatIsOpenHoweverMuchWasAskedForSince() {
        UUID old = world.request("engineer", "app-logs-read", "PT1H");
        for (int n = 0; n < 55; n++) {
            world.act("engineer", world.request("engineer", "orders-write", "PT1H"), "withdrawal", Map.of());
        }

        assertThat(world.state(old)).isEqualTo("ACTIVE");
        assertThat(lines("engineer", "open")).singleElement().asString().startsWith("Application logs active");
        assertThat(lines("engineer", "past")).hasSize(5);
    }

    @Test
    void offersApprovingToWhomTheRuleFilesNameAndToNobodyElse() {
        assertThat(world.get("owner", "/").text()).contains("Answer requests", "While you are away");
        assertThat(world.get("engineer", "/").text()).doesNotContain("Answer requests", "While you are away");
    }

    @Test
    void takesNoDeputyThatCannotBeAndFailsOverNone() {
        for (String deputy : List.of("nobody-here", "owner%00", "manager")) {
            for (String until : List.of("2035-01-02", "+999999999-12-31")) {
                assertThat(world.post(
                                        "manager",
                                        "/deputies?deputy=" + deputy + "&from=2035-01-01&until="
                                                + until.replace("+", "%2B"),
                                        null)
                                .status())
                        .as(deputy + " until " + until)
                        .isIn(302, 400);
            }
        }
        assertThat(world.get("manager", "/api/v1/deputies").json()).isEmpty();
    }

    @Test
    void tellsStatesAndEndingsInWordsWithTheirReason() {
        UUID waiting = ask("engineer");
        UUID refused = world.request("engineer", World.ask("orders-read", "PT4H"));
        world.decide("manager", refused, "reject");
        UUID revoked = world.request("engineer", "app-logs-read", "PT1H");
        world.act("operator", revoked, "revocation", Map.of("reason", "Stolen"));

        assertThat(lines("engineer", "open"))
                .singleElement()
                .asString()
                .startsWith("Orders, change data waiting for approval Waits for Mara Manager (level 1 of 2, manager)");
        assertThat(lines("engineer", "past"))
                .anyMatch(line -> line.contains("revoked Otto Operator revoked it: “Stolen”"))
                .anyMatch(line -> line.contains("not approved Mara Manager refused it: “I have looked at it”"));
        assertThat(world.get("engineer", "/").text())
                .doesNotContain("PENDING_APPROVAL", "pending approval", "REJECTED", "REVOKED")
                .contains(">Engineers<");
        assertThat(world.state(waiting)).isEqualTo("PENDING_APPROVAL");
    }

    @Test
    void hearsOfARequestAnAnswerAGrantAndAnEndAndOfNothingElse() {
        String atFirst = news("manager");
        assertThat(news("manager")).as("nothing has happened").isEqualTo(atFirst);

        UUID id = ask("engineer");
        String asked = news("engineer");
        assertThat(news("manager")).as("a request").isNotEqualTo(atFirst);
        assertThat(world.get("manager", "/").text()).contains("data-news=\"" + news("manager") + "\"");
        String uninvolved = news("engineer2");
        world.decide("manager", id, "approve");
        String answered = news("engineer");
        assertThat(answered).as("an answer").isNotEqualTo(asked);
        world.decide("owner", id, "approve");
        String granted = news("engineer");
        assertThat(granted).as("a grant").isNotEqualTo(answered);
        world.act("engineer", id, "return", Map.of());
        assertThat(news("engineer")).as("an end").isNotEqualTo(granted);
        assertThat(news("engineer2")).as("not theirs").isEqualTo(uninvolved);
        assertThat(world.get(null, "/api/v1/news").status()).isEqualTo(401);
    }

    private String news(String who) {
        return world.get(who, "/api/v1/news").get("fingerprint");
    }
}
