package dev.drawbridge.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.testing.DrawbridgeTest;
import dev.drawbridge.testing.World;
import java.util.Map;
import java.util.UUID;
import org.camunda.bpm.engine.identity.User;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Who leaves, or loses a group, loses what it gave at once. */
@DrawbridgeTest
class LeaverTest {
    private static final String LEAVER = "leaver";

    @Autowired
    World world;

    @BeforeEach
    void startAfresh() {
        world.startAfresh();
        make("engineers");
    }

    private void make(String group) {
        User user = world.engine().getIdentityService().newUser(LEAVER);
        user.setFirstName("Lee");
        user.setLastName("Leaver");
        user.setEmail(LEAVER + "@example.com");
        user.setPassword(LEAVER);
        world.engine().getIdentityService().saveUser(user);
        world.engine().getIdentityService().createMembership(LEAVER, group);
    }

    private void makeAnew(String group) {
        world.engine().getIdentityService().deleteUser(LEAVER);
        make(group);
    }

    @AfterEach
    void forget() {
        world.engine().getIdentityService().deleteUser(LEAVER);
    }

    @Test
    void endsAccessAndDropsRequestsOfAnAccountThatIsGone() {
        UUID held = world.request(LEAVER, "app-logs-read", "PT1H");
        UUID pending = world.request(LEAVER, "orders-write", "PT1H");
        UUID scheduled = world.request(
                LEAVER,
                World.ask(
                        "orders-read",
                        "PT30M",
                        "startsAt",
                        world.clock().instant().plusSeconds(3600).toString()));
        assertThat(world.state(scheduled)).isEqualTo("SCHEDULED");

        world.engine().getIdentityService().deleteUser(LEAVER);
        world.sweep();
        world.runDueJobs();

        assertThat(world.loginExists(held)).isFalse();
        assertThat(world.outcome(held)).isEqualTo("REVOKED");
        assertThat(world.trail(held)).anyMatch(sentence -> sentence.contains("The account leaver is gone."));
        assertThat(world.outcome(pending)).isEqualTo("WITHDRAWN");
        assertThat(world.outcome(scheduled)).isEqualTo("WITHDRAWN");
        assertThat(world.engine()
                        .getTaskService()
                        .createTaskQuery()
                        .processInstanceId(world.instanceOf(pending))
                        .count())
                .isZero();
    }

    @Test
    void endsWhatTheGroupGaveThatWasLeft() {
        UUID held = world.request(LEAVER, "app-logs-read", "PT1H");

        world.engine().getIdentityService().deleteMembership(LEAVER, "engineers");
        world.sweep();
        world.runDueJobs();

        assertThat(world.loginExists(held)).isFalse();
        assertThat(world.outcome(held)).isEqualTo("REVOKED");
        assertThat(world.trail(held)).anyMatch(sentence -> sentence.contains("has left the groups"));
    }

    @Test
    void endsNothingThatAnotherGroupStillGives() {
        world.engine().getIdentityService().createMembership(LEAVER, "contractors");
        UUID held = world.request(LEAVER, "app-logs-read", "PT1H");

        world.engine().getIdentityService().deleteMembership(LEAVER, "engineers");
        world.sweep();

        assertThat(world.state(held)).isEqualTo("ACTIVE");
        assertThat(world.loginExists(held)).isTrue();
    }

    @Test
    void findsALeaverWhomNobodyNoticed() {
        UUID held = world.request(LEAVER, "app-logs-read", "PT1H");
        world.superuser("drawbridge", "alter table act_id_membership disable trigger drawbridge_group_left");
        try {
            world.engine().getIdentityService().deleteMembership(LEAVER, "engineers");
        } finally {
            world.superuser("drawbridge", "alter table act_id_membership enable trigger drawbridge_group_left");
        }

        world.sweep();

        assertThat(world.loginExists(held)).isFalse();
    }

    @Test
    void finishesLaterWhatTheTargetCouldNotDoAtOnce() {
        UUID held = world.request(LEAVER, "app-logs-read", "PT1H");
        world.whileTheTargetIsDown(() -> {
            world.engine().getIdentityService().deleteUser(LEAVER);
            world.sweep();
            assertThat(world.state(held)).isEqualTo("REVOKING");
        });
        assertThat(world.loginExists(held)).isTrue();

        world.clock().advance(java.time.Duration.ofMinutes(2));
        world.sweep();

        assertThat(world.loginExists(held)).isFalse();
        assertThat(world.outcome(held)).isEqualTo("REVOKED");
    }

    @Test
    void endsWhatAnAccountHeldThatIsGoneThoughOneOfItsNameExistsAgain() {
        UUID held = world.request(LEAVER, "app-logs-read", "PT1H");
        UUID pending = world.request(LEAVER, "orders-write", "PT1H");

        makeAnew("engineers");
        world.sweep();
        world.runDueJobs();

        assertThat(world.loginExists(held)).isFalse();
        assertThat(world.outcome(held)).isEqualTo("REVOKED");
        assertThat(world.trail(held)).anyMatch(sentence -> sentence.contains("another one of the same name"));
        assertThat(world.outcome(pending)).isEqualTo("WITHDRAWN");
        assertThat(world.state(world.request(LEAVER, "app-logs-read", "PT1H")))
                .as("the new one may ask")
                .isEqualTo("ACTIVE");
    }

    @Test
    void findsAnAccountMadeAnewThatNobodyNoticed() {
        UUID held = world.request(LEAVER, "app-logs-read", "PT1H");
        world.superuser("drawbridge", "alter table act_id_user disable trigger drawbridge_account_gone");
        world.superuser("drawbridge", "alter table act_id_membership disable trigger drawbridge_group_left");
        try {
            makeAnew("engineers");
        } finally {
            world.superuser("drawbridge", "alter table act_id_user enable trigger drawbridge_account_gone");
            world.superuser("drawbridge", "alter table act_id_membership enable trigger drawbridge_group_left");
        }

        world.sweep();

        assertThat(world.loginExists(held)).isFalse();
    }

    @Test
    void showsWhoeverHasTheIdByNowNothingThatAnEarlierAccountAskedFor() {
        UUID pending = world.request(LEAVER, "orders-write", "PT1H");
        world.decide("manager", pending, "ask");
        assertThat(world.get(LEAVER, "/api/v1/access-requests/" + pending).status())
                .isEqualTo(200);
        int mails = mailsTo(LEAVER);
        assertThat(mails).isPositive();

        makeAnew("engineers");

        for (String what : new String[] {"", "/trail", "/approval"}) {
            assertThat(world.get(LEAVER, "/api/v1/access-requests/" + pending + what)
                            .status())
                    .as(what)
                    .isEqualTo(404);
        }
        assertThat(world.get(LEAVER, "/api/v1/access-requests?mine=true").text())
                .doesNotContain(pending.toString());
        assertThat(world.get(LEAVER, "/").text()).doesNotContain(pending.toString());
        assertThat(world.act(LEAVER, pending, "withdrawal", null).status()).isEqualTo(404);
        assertThat(world.act(LEAVER, pending, "answer", Map.of("answer", "It was me"))
                        .status())
                .isEqualTo(404);
        String task = world.engine()
                .getTaskService()
                .createTaskQuery()
                .processInstanceId(world.instanceOf(pending))
                .singleResult()
                .getId();
        assertThat(world.post(
                                LEAVER,
                                "/engine-rest/task/" + task + "/complete",
                                Map.of("variables", Map.of("answer", Map.of("value", "It was me"))))
                        .status())
                .isEqualTo(403);
        assertThat(world.trail(pending)).noneMatch(sentence -> sentence.contains("It was me"));
        assertThat(world.request(LEAVER, "orders-write", "PT1H"))
                .as("nor does that stand in the way of their own")
                .isNotEqualTo(pending);

        world.sweep();

        assertThat(world.outcome(pending)).isEqualTo("WITHDRAWN");
        assertThat(mailsTo(LEAVER)).isEqualTo(mails);
    }

    private int mailsTo(String person) {
        return world.jdbc()
                .sql("select count(*) from mail where person = :person")
                .param("person", person)
                .query(Integer.class)
                .single();
    }

    @Test
    void letsNobodyAnswerWhatWasHandedToAnEarlierAccountOfTheSameId() {
        world.engine().getIdentityService().createMembership(LEAVER, "orders-owners");
        UUID wanted = world.request("engineer", "orders-write", "PT1H");
        world.decide("manager", wanted, "approve");
        assertThat(world.act("owner", wanted, "hand-over", Map.of("to", LEAVER)).status())
                .isEqualTo(200);
        assertThat(world.act("owner2", wanted, "hand-over", Map.of("to", LEAVER))
                        .status())
                .isEqualTo(200);

        makeAnew("orders-owners");
        int grants = world.grants();

        assertThat(world.get("auditor", "/api/v1/access-requests/" + wanted + "/approval")
                        .text())
                .as("it is back with whose it is")
                .contains("Olga Owner", "Omar Owner");
        world.runScheduled("ApprovalTasks");
        assertThat(world.decide("owner", wanted, "approve").status()).isEqualTo(200);
        assertThat(world.show(wanted).at("/approvals/1/forPerson").isNull()).isTrue();
        assertThat(world.grants()).isEqualTo(grants + 1);
    }

    @Test
    void bringsBackWhatAnEarlierAccountOfTheSameIdHandedOver() {
        world.engine().getIdentityService().createMembership(LEAVER, "orders-owners");
        UUID wanted = world.request("engineer", "orders-write", "PT1H");
        world.decide("manager", wanted, "approve");
        assertThat(world.act(LEAVER, wanted, "hand-over", Map.of("to", "owner")).status())
                .isEqualTo(200);

        makeAnew("orders-owners");

        assertThat(world.act(LEAVER, wanted, "hand-over", Map.of("to", "owner")).status())
                .as("they have handed nothing over themselves")
                .isEqualTo(200);
    }

    @Test
    void showsARequestToWhoHandedItOverThoughNothingElseDoes() {
        UUID wanted = world.request("engineer", "orders-write", "PT1H");
        assertThat(world.get(LEAVER, "/api/v1/access-requests/" + wanted).status())
                .isEqualTo(404);
        world.jdbc()
                .sql("insert into hand_over (request_id, level, from_person, to_person, handed_at)"
                        + " values (:id, 0, :from, 'manager2', now())")
                .param("id", wanted)
                .param("from", LEAVER)
                .update();

        assertThat(world.get(LEAVER, "/api/v1/access-requests/" + wanted).status())
                .isEqualTo(200);
        makeAnew("engineers");
        assertThat(world.get(LEAVER, "/api/v1/access-requests/" + wanted).status())
                .isEqualTo(404);
    }

    @Test
    void keepsAccessWhenOnlyThePasswordChanges() {
        UUID held = world.request(LEAVER, "app-logs-read", "PT1H");
        User user = world.engine()
                .getIdentityService()
                .createUserQuery()
                .userId(LEAVER)
                .singleResult();
        user.setPassword("another");
        world.engine().getIdentityService().saveUser(user);

        world.sweep();

        assertThat(world.state(held)).isEqualTo("ACTIVE");
    }

    @Test
    void keepsAccessThatWasAskedForBeforeAccountsWereTold() {
        UUID held = world.request(LEAVER, "app-logs-read", "PT1H");
        world.superuser("drawbridge", "alter table request_account disable trigger user");
        world.superuser("drawbridge", "delete from request_account where request_id = '" + held + "'");
        world.superuser("drawbridge", "alter table request_account enable trigger user");

        makeAnew("engineers");
        world.sweep();

        assertThat(world.state(held)).isEqualTo("ACTIVE");
    }

    @Test
    void grantsNothingThatAnEarlierAccountAskedForOrAgreedTo() {
        UUID scheduled = world.request(
                LEAVER,
                World.ask(
                        "orders-read",
                        "PT30M",
                        "startsAt",
                        world.clock().instant().plusSeconds(3600).toString()));
        assertThat(world.state(scheduled)).isEqualTo("SCHEDULED");
        int grants = world.grants();

        makeAnew("engineers");
        world.pass(java.time.Duration.ofHours(1));

        assertThat(world.grants()).isEqualTo(grants);
        assertThat(world.outcome(scheduled)).isEqualTo("FAILED");
        assertThat(world.trail(scheduled)).anyMatch(sentence -> sentence.contains("account that asked for it is gone"));
    }

    @Test
    void countsNoApprovalOfAnAccountThatIsGone() {
        world.engine().getIdentityService().createMembership(LEAVER, "orders-owners");
        UUID wanted = world.request("engineer", World.ask("orders-write", "PT1H"));
        assertThat(world.decide("manager", wanted, "approve").status()).isLessThan(300);
        int grants = world.grants();
        // Agreed by somebody whose account is made anew before the last step is done.
        assertThat(world.post(
                                LEAVER,
                                "/api/v1/access-requests/" + wanted + "/decision",
                                java.util.Map.of("decision", "approve", "comment", "Mine"))
                        .status())
                .isLessThan(300);
        makeAnew("orders-owners");
        world.runDueJobs();

        assertThat(world.grants()).isEqualTo(grants);
        assertThat(world.outcome(wanted)).isEqualTo("FAILED");
    }
}
