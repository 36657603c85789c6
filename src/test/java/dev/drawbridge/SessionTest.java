package dev.drawbridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.testing.Browser;
import dev.drawbridge.testing.DrawbridgeTest;
import dev.drawbridge.testing.World;
import java.util.Map;
import java.util.UUID;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.User;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A session is the person of this moment: this account, with these credentials, in these groups. */
@DrawbridgeTest
class SessionTest {
    private static final String PERSON = "somebody";

    @Autowired
    World world;

    @BeforeEach
    void startAfresh() {
        world.startAfresh();
        make("engineers");
    }

    @AfterEach
    void forget() {
        accounts().deleteUser(PERSON);
        world.sweep();
    }

    private void make(String group) {
        User user = accounts().newUser(PERSON);
        user.setPassword(PERSON);
        accounts().saveUser(user);
        accounts().createMembership(PERSON, group);
    }

    private IdentityService accounts() {
        return world.engine().getIdentityService();
    }

    private Browser signedIn() {
        return Browser.of(world, PERSON, PERSON);
    }

    private int sessions() {
        return world.jdbc()
                .sql("select count(*) from spring_session where principal_name = '" + PERSON + "'")
                .query(Integer.class)
                .single();
    }

    @Test
    void givesWhoIsMadeAnewUnderAnIdNothingThatTheSessionOfTheOneBeforeCould() {
        UUID held = world.request(PERSON, "app-logs-read", "PT1H");
        Browser before = signedIn();
        String reveal = "/api/v1/access-requests/" + held + "/credentials";

        accounts().deleteUser(PERSON);
        make("engineers");

        assertThat(before.get("/api/v1/access-requests")).isEqualTo(401);
        assertThat(before.post(reveal, "").statusCode()).isIn(401, 403);
        assertThat(world.post(PERSON, reveal, null).status())
                .as("nor does the new one get what was the old one's, before it is even swept up")
                .isEqualTo(403);
        assertThat(world.trail(held)).noneMatch(sentence -> sentence.contains("revealed"));
        assertThat(sessions()).isZero();
        assertThat(signedIn().get("/api/v1/access-requests")).isEqualTo(200);
    }

    @Test
    void letsNobodyApproveWithTheSessionOfAnAccountThatIsGone() {
        accounts().createMembership(PERSON, "managers");
        UUID wanted = world.request("engineer2", World.ask("orders-write", "PT1H"));
        Browser before = signedIn();
        int grants = world.grants();

        accounts().deleteUser(PERSON);
        make("managers");
        int status = before.post(
                        "/api/v1/access-requests/" + wanted + "/decision",
                        "{\"decision\":\"approve\",\"comment\":\"I am somebody else\"}")
                .statusCode();

        assertThat(status).isIn(401, 403);
        assertThat(world.show(wanted).path("approvals")).isEmpty();
        assertThat(world.grants()).isEqualTo(grants);
    }

    @Test
    void endsEverySessionWhenThePasswordChangesThroughWhicheverDoor() {
        Browser first = signedIn();
        Browser second = signedIn();
        User user = accounts().createUserQuery().userId(PERSON).singleResult();
        user.setPassword("another-one");
        accounts().saveUser(user);

        assertThat(first.get("/api/v1/catalog")).isEqualTo(401);
        assertThat(second.get("/api/v1/catalog")).isEqualTo(401);
        Browser third = Browser.of(world, PERSON, "another-one");
        world.superuser("drawbridge", "update act_id_user set pwd_ = 'x' where id_ = '" + PERSON + "'");
        assertThat(third.get("/api/v1/catalog")).as("by SQL").isEqualTo(401);
        assertThat(third.get("/camunda/api/engine/engine/default/filter")).isEqualTo(401);
    }

    @Test
    void endsThemForWhateverElseAnAccountMaySignInWithOneDay() {
        Browser browser = signedIn();

        world.superuser("drawbridge", "select end_sign_ins('" + PERSON + "')");

        assertThat(sessions()).isZero();
        assertThat(browser.get("/api/v1/catalog")).isEqualTo(401);
    }

    @Test
    void takesASessionForOverThoughItsRowIsStillThere() {
        Browser browser = signedIn();

        world.superuser("drawbridge", "update account set credential = gen_random_uuid() where id = '" + PERSON + "'");

        assertThat(sessions()).isEqualTo(1);
        assertThat(browser.get("/api/v1/catalog")).isEqualTo(401);
        assertThat(sessions()).as("and removes it").isZero();
    }

    @Test
    void goesOnWhenOnlyANameChanges() {
        Browser browser = signedIn();
        User user = accounts().createUserQuery().userId(PERSON).singleResult();
        user.setLastName("Else");
        accounts().saveUser(user);

        assertThat(browser.get("/api/v1/catalog")).isEqualTo(200);
    }

    @Test
    void readsTheMetricsOnlyAsLongAsItIsAnOperators() {
        Browser browser = signedIn();
        assertThat(browser.get("/actuator/metrics")).isEqualTo(403);

        accounts().createMembership(PERSON, "operators");
        assertThat(browser.get("/actuator/metrics")).isEqualTo(200);

        accounts().deleteMembership(PERSON, "operators");
        assertThat(browser.get("/actuator/metrics")).isEqualTo(403);
        assertThat(browser.get("/api/v1/catalog")).as("and is still signed in").isEqualTo(200);
    }

    @Test
    void opensOfTheEnginesApplicationsWhatTheGroupsOfNowMayOpen() {
        accounts().createMembership(PERSON, "operators");
        Browser browser = signedIn();
        String cockpit = "/camunda/app/cockpit/default/";
        assertThat(browser.get(cockpit)).isEqualTo(200);
        assertThat(openTo(browser)).contains("cockpit");

        accounts().deleteMembership(PERSON, "operators");

        assertThat(browser.get(cockpit)).isNotEqualTo(200);
        assertThat(browser.get("/camunda/app/tasklist/default/")).isEqualTo(200);
        assertThat(openTo(browser)).contains("tasklist").doesNotContain("cockpit");
    }

    /** What the engine's applications say that a person may open, as they keep it with the session. */
    private static String openTo(Browser browser) {
        return browser.call("GET", "/camunda/api/admin/auth/user/default", null, Map.of())
                .body();
    }
}
