package dev.drawbridge.approval;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.icegreen.greenmail.util.GreenMail;
import dev.drawbridge.testing.Answer;
import dev.drawbridge.testing.DrawbridgeTest;
import dev.drawbridge.testing.MailServer;
import dev.drawbridge.testing.World;
import jakarta.mail.MessagingException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.User;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Who is asked where a person has several managers, and where one of them leaves while a request waits. */
@DrawbridgeTest
class RelationsTest {
    private static final GreenMail SERVER = MailServer.running();
    private static final List<String> MADE = List.of("asker", "lead", "lead2");

    @Autowired
    World world;

    @BeforeEach
    void startAfresh() throws Exception {
        world.startAfresh();
        MADE.forEach(this::make);
        identities().createMembership("asker", "engineers");
        world.jdbc()
                .sql("insert into mail_sent select id, now() from mail where id not in (select mail_id from mail_sent)")
                .update();
        SERVER.purgeEmailFromAllMailboxes();
    }

    @AfterEach
    void forget() {
        MADE.forEach(identities()::deleteUser);
        world.startAfresh();
    }

    private IdentityService identities() {
        return world.engine().getIdentityService();
    }

    private void make(String id) {
        User user = identities().newUser(id);
        user.setEmail(id + "@example.com");
        user.setPassword(id);
        identities().saveUser(user);
    }

    private void lead(String... managers) {
        String version = world.get("administrator", "/api/v1/people/asker").get("version");
        Answer put = world.call(
                "administrator",
                "PUT",
                "/api/v1/people/asker",
                Map.of("version", version, "managers", List.of(managers)));
        assertThat(put.status()).as(put.text()).isEqualTo(200);
    }

    private void hasLeft(String person, boolean left) {
        String path = "/api/v1/people/" + person;
        String version = world.get("administrator", path).get("version");
        Answer put = world.call("administrator", "PUT", path, Map.of("version", version, "left", left));
        assertThat(put.status()).as(put.text()).isEqualTo(200);
    }

    private List<String> waitsFor(UUID id) {
        JsonNode open = world.get("auditor", "/api/v1/access-requests/" + id + "/approval")
                .json()
                .path("open")
                .path("waitsFor");
        List<String> names = new ArrayList<>();
        open.forEach(name -> names.add(name.asText()));
        return names;
    }

    private List<String> tasksOf(String person) {
        return world.get(person, "/engine-rest/task").json().findValuesAsText("processInstanceId");
    }

    private List<String> delivered() throws MessagingException {
        return MailServer.delivered(world);
    }

    private void refuses(String who, UUID id) {
        assertThat(world.decide(who, id, "approve").status()).as(who).isIn(403, 404);
        assertThat(world.state(id)).isEqualTo("PENDING_APPROVAL");
        assertThat(world.loginExists(id)).isFalse();
    }

    @Test
    void askTheFirstManagerAndTheNextOnceThatOneHasLeft() throws Exception {
        lead("lead", "lead2");
        UUID id = world.request("asker", "orders-write", "PT1H");
        assertThat(waitsFor(id)).containsExactly("lead");
        refuses("lead2", id);

        identities().deleteUser("lead");
        world.sweep();

        assertThat(waitsFor(id)).containsExactly("lead2");
        assertThat(tasksOf("lead2")).contains(world.instanceOf(id));
        assertThat(world.trail(id)).anyMatch(sentence -> sentence.contains("lead2 is asked at level manager now"));
        assertThat(delivered())
                .containsExactlyInAnyOrder(
                        "lead@example.com: Your answer is needed: Orders, change data for asker",
                        "lead2@example.com: Your answer is needed: Orders, change data for asker",
                        "asker@example.com: Somebody else is asked: Orders, change data for asker");
        world.sweep();
        world.runScheduled("ApprovalTasks");
        assertThat(delivered()).as("once").hasSize(3);
        world.decide("lead2", id, "approve");
        world.decide("owner", id, "approve");
        assertThat(world.loginExists(id)).isTrue();
    }

    @Test
    void letTheGroupsStepInAtOnceWhereNobodyIsLeftAndTellWhoWaits() throws Exception {
        lead("lead");
        UUID id = world.request("asker", "orders-write", "PT1H");
        refuses("manager2", id);

        identities().deleteUser("lead");
        make("lead");
        world.sweep();

        assertThat(waitsFor(id)).containsExactly("Mara Manager", "Milo Manager");
        refuses("lead", id);
        assertThat(world.trail(id))
                .anyMatch(sentence ->
                        sentence.contains("Nobody is there any more whom level manager names; Managers may"));
        assertThat(delivered())
                .contains(
                        "manager2@example.com: Your answer is needed: Orders, change data for asker",
                        "asker@example.com: Somebody else is asked: Orders, change data for asker");
        assertThat(world.get("manager2", "/api/v1/access-requests/" + id).status())
                .isEqualTo(200);
        assertThat(world.decide("manager2", id, "approve").status()).isLessThan(300);
        lead("lead2");
        world.decide("owner", id, "approve");
        assertThat(world.loginExists(id))
                .as("what was answered meanwhile counts on")
                .isTrue();
    }

    @Test
    void letTheGroupsStepInWhereTheManagerIsRecordedAsLeft() {
        lead("lead");
        UUID id = world.request("asker", "orders-write", "PT1H");
        hasLeft("lead", true);
        world.sweep();

        assertThat(waitsFor(id)).containsExactly("Mara Manager", "Milo Manager");
        assertThat(world.get("lead", "/api/v1/access-requests/" + id).status()).isEqualTo(401);
    }

    @Test
    void takeTheGroupsTheirSayAgainOnceTheManagerIsThereAgain() {
        lead("lead");
        UUID id = world.request("asker", "orders-write", "PT1H");
        hasLeft("lead", true);
        world.sweep();
        assertThat(waitsFor(id)).containsExactly("Mara Manager", "Milo Manager");

        hasLeft("lead", false);

        assertThat(waitsFor(id)).containsExactly("lead");
        assertThat(tasksOf("lead")).contains(world.instanceOf(id));
        assertThat(tasksOf("manager2")).doesNotContain(world.instanceOf(id));
        refuses("manager2", id);
        assertThat(world.decide("lead", id, "approve").status()).isLessThan(300);
    }

    @Test
    void askTheGroupsAndNoLongerWhoItWasOnceItIsRecordedThatNobodyLeads() {
        lead("lead");
        UUID id = world.request("asker", "orders-write", "PT1H");

        lead();

        assertThat(waitsFor(id)).containsExactly("Mara Manager", "Milo Manager");
        refuses("lead", id);
        assertThat(world.decide("manager2", id, "approve").status()).isLessThan(300);
    }

    @Test
    void askWhomAnAdministratorNamesWhileItWaitsAndNoLongerWhoItWas() throws Exception {
        lead("lead");
        UUID id = world.request("asker", "orders-write", "PT1H");

        lead("lead2");

        assertThat(waitsFor(id)).containsExactly("lead2");
        refuses("lead", id);
        assertThat(delivered()).contains("asker@example.com: Somebody else is asked: Orders, change data for asker");
        assertThat(world.decide("lead2", id, "approve").status()).isLessThan(300);
    }

    @Test
    void letAllManagersAnswerOnceItHasWaitedForLong() {
        lead("lead", "lead2");
        UUID id = world.request("asker", "orders-write", "PT1H");

        world.pass(Duration.ofHours(24));

        assertThat(waitsFor(id)).contains("lead", "lead2", "Mara Manager");
        assertThat(world.decide("lead2", id, "approve").status()).isLessThan(300);
    }

    @Test
    void startWithTheNextWhereTheFirstHasLeftAlready() {
        lead("lead", "lead2");
        identities().deleteUser("lead");

        UUID id = world.request("asker", "orders-write", "PT1H");

        assertThat(waitsFor(id)).containsExactly("lead2");
    }
}
