package dev.drawbridge.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.testing.Answer;
import dev.drawbridge.testing.DrawbridgeTest;
import dev.drawbridge.testing.World;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.User;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What administrators record of people, by REST, and what comes of it. */
@DrawbridgeTest
class PeopleTest {
    private static final List<String> MADE = List.of("newcomer", "lead", "lead2");

    @Autowired
    World world;

    @Autowired
    Directory directory;

    @Autowired
    AccountsNow accounts;

    @BeforeEach
    void startAfresh() {
        world.startAfresh();
        MADE.forEach(this::make);
        identities().createMembership("newcomer", "engineers");
    }

    @AfterEach
    void forget() {
        MADE.forEach(identities()::deleteUser);
        identities().deleteGroup("project-x");
        identities().deleteUser("administrator2");
    }

    private IdentityService identities() {
        return world.engine().getIdentityService();
    }

    private void make(String id) {
        User user = identities().newUser(id);
        user.setPassword(id);
        identities().saveUser(user);
    }

    private static String path(String person) {
        return "/api/v1/people/" + person;
    }

    private Answer read(String person) {
        return world.get("administrator", path(person));
    }

    private Answer put(String who, String person, Map<String, ?> fields) {
        Map<String, Object> body = new HashMap<>(fields);
        body.putIfAbsent("version", read(person).get("version"));
        return world.call(who, "PUT", path(person), body);
    }

    private static Map<String, Object> membership(String group, Instant until) {
        Map<String, Object> membership = new HashMap<>();
        membership.put("group", group);
        membership.put("until", until == null ? null : until.toString());
        return membership;
    }

    @Test
    void areRecordedWithManagersInOrderASponsorAndAMentorAndTheRecordSaysWhatWasBefore() {
        Answer put = put(
                "administrator",
                "newcomer",
                Map.of(
                        "employment",
                        "CONTRACTOR",
                        "managers",
                        List.of("lead2", "lead"),
                        "sponsor",
                        "manager",
                        "mentor",
                        "owner"));

        assertThat(put.status()).as(put.text()).isEqualTo(200);
        Answer read = read("newcomer");
        assertThat(read.json()).isEqualTo(put.json());
        assertThat(read.json().path("managers").toString()).isEqualTo("[\"lead2\",\"lead\"]");
        assertThat(read.get("sponsor")).isEqualTo("manager");
        assertThat(read.get("mentor")).isEqualTo("owner");
        assertThat(read.get("employment")).isEqualTo("CONTRACTOR");
        assertThat(read.json().path("groups").findValuesAsText("group")).containsExactly("engineers");
        assertThat(read.headers().firstValue("ETag")).hasValue("\"" + read.get("version") + "\"");
        assertThat(world.lastEntry())
                .startsWith("administrator: Ada Administrator (administrator) changed the record of newcomer:")
                .contains("managers: lead2, then lead, before: none", "employment: contractor, before: not known");

        put("administrator", "newcomer", Map.of("managers", List.of("lead")));

        assertThat(read("newcomer").get("sponsor"))
                .as("what is left out is none")
                .isEqualTo("null");
        assertThat(world.lastEntry())
                .contains("managers: lead, before: lead2, then lead", "sponsor: none, before: Mara");
    }

    @Test
    void readWhatEarlierVersionsWroteUntilItIsRecordedAnew() {
        identities().setUserInfo("newcomer", "manager", "lead");
        assertThat(read("newcomer").json().path("managers").toString()).isEqualTo("[\"lead\"]");

        put("administrator", "newcomer", Map.of("managers", List.of()));

        assertThat(read("newcomer").json().path("managers")).isEmpty();
    }

    @Test
    void areChangedByAdministratorsAloneAndNeverByThemselves() {
        int entries = entries("person-changed");
        for (String who : List.of("engineer", "operator", "security", "process-owner", "auditor", "manager")) {
            Answer refused = put(who, "newcomer", Map.of("managers", List.of("lead")));
            assertThat(refused.status()).as(who).isEqualTo(403);
            assertThat(refused.get("code")).isEqualTo("not-an-administrator");
        }
        Answer own = put("administrator", "administrator", Map.of("managers", List.of("lead")));
        assertThat(own.status()).isEqualTo(403);
        assertThat(own.detail()).startsWith("Nobody changes their own record, since it says who decides");

        assertThat(read("newcomer").json().path("managers")).isEmpty();
        assertThat(read("administrator").json().path("managers")).isEmpty();
        assertThat(entries("person-changed")).isEqualTo(entries);
        assertThat(world.lastEntry()).as("the attempt").contains("Nobody changes their own record");
        assertThat(world.get("engineer", path("newcomer")).status()).isEqualTo(403);
        assertThat(world.get("engineer", path("engineer")).get("name"))
                .as("one's own")
                .isEqualTo("Erin Engineer");
        assertThat(world.get("engineer", "/api/v1/people").status()).isEqualTo(403);
    }

    private int entries(String kind) {
        return world.jdbc()
                .sql("select count(*) from audit_entry where kind = :kind")
                .param("kind", kind)
                .query(Integer.class)
                .single();
    }

    private void refuses(Map<String, ?> fields, int status, String field, String sentence) {
        Answer refused = put("administrator", "newcomer", fields);
        assertThat(refused.status()).as(refused.text()).isEqualTo(status);
        assertThat(refused.get("field")).isEqualTo(field);
        assertThat(refused.detail()).contains(sentence);
    }

    @Test
    void areNotRecordedWithWhatDoesNotFit() {
        Instant past = world.clock().instant().minusSeconds(1);
        String version = read("newcomer").get("version");

        refuses(Map.of("managers", List.of("ghost")), 422, "managers", "nobody with the account 'ghost'");
        refuses(Map.of("managers", List.of("newcomer")), 422, "managers", "Nobody is their own manager");
        refuses(Map.of("sponsor", "Newcomer"), 422, "sponsor", "Nobody is their own manager, sponsor or mentor");
        refuses(Map.of("mentor", "ghost"), 422, "mentor", "'ghost'");
        refuses(Map.of("managers", List.of("lead", "lead")), 422, "managers", "more than once");
        refuses(Map.of("employment", "boss"), 400, "employment", "EMPLOYEE, CONTRACTOR, INTERN");
        refuses(Map.of("manager", "lead"), 400, "manager", "'manager' is not known here");
        refuses(Map.of("groups", List.of(membership("nowhere", null))), 422, "groups", "no group 'nowhere'");
        refuses(Map.of("groups", List.of(membership("engineers", past))), 422, "groups", "is over already");
        refuses(Map.of("groups", List.of(Map.of("group", "engineers", "until", "soon"))), 400, "groups", "in UTC");
        refuses(Map.of("groups", List.of(membership("camunda-admin", null))), 422, "groups", "in Admin");
        refuses(Map.of("version", ""), 400, "version", "Send the 'version'");
        assertThat(put("administrator", "nobody", Map.of("version", "x")).status())
                .isEqualTo(404);

        assertThat(read("newcomer").get("version")).isEqualTo(version);
    }

    @Test
    void leadNobodyWhoLeadsThem() {
        assertThat(put("administrator", "lead", Map.of("managers", List.of("lead2")))
                        .status())
                .isEqualTo(200);
        assertThat(put("administrator", "lead2", Map.of("managers", List.of("newcomer")))
                        .status())
                .isEqualTo(200);

        refuses(Map.of("managers", List.of("manager", "lead")), 422, "managers", "'lead' cannot lead newcomer");
    }

    private void makeAnew(String id) {
        identities().deleteUser(id);
        make(id);
    }

    @Test
    void areNamedByNoRecordOnceTheirAccountIsAnotherOneUntilTheyAreNamedAnew() {
        put("administrator", "newcomer", Map.of("managers", List.of("lead"), "sponsor", "lead2"));
        String before = read("newcomer").get("version");
        makeAnew("lead");
        makeAnew("lead2");

        assertThat(read("newcomer").json().path("gone").toString()).isEqualTo("[\"lead\",\"lead2\"]");
        refuses(Map.of("version", before, "managers", List.of("lead")), 409, "version", "was changed since you read");
        refuses(Map.of("managers", List.of("lead")), 422, "managers", "'lead' is another one now");
        refuses(Map.of("sponsor", "lead2"), 422, "sponsor", "'lead2' is another one now");
        assertThat(directory.find("newcomer").orElseThrow().manager()).isEmpty();

        assertThat(put("administrator", "newcomer", Map.of()).status()).isEqualTo(200);
        assertThat(put("administrator", "newcomer", Map.of("managers", List.of("lead")))
                        .status())
                .isEqualTo(200);
        assertThat(directory.find("newcomer").orElseThrow().manager()).hasValue("lead");
    }

    @Test
    void areLedByNobodyWhoHasNoMoreThanTheIdOfWhomEarlierVersionsWrote() {
        identities().setUserInfo("newcomer", "manager", "lead");
        assertThat(directory.find("newcomer").orElseThrow().manager()).hasValue("lead");

        makeAnew("lead");

        assertThat(directory.find("newcomer").orElseThrow().manager()).isEmpty();
        assertThat(directory.relationsOf("lead")).isEmpty();
        assertThat(read("newcomer").json().path("gone").toString()).isEqualTo("[\"lead\"]");
        identities().setUserInfo("newcomer", "manager", "lead2");
        assertThat(directory.find("newcomer").orElseThrow().manager()).hasValue("lead2");
    }

    @Test
    void areNotLedByTheAdministratorWhoRecordsIt() {
        String version = read("newcomer").get("version");

        refuses(Map.of("managers", List.of("lead", "administrator")), 422, "managers", "Nobody names themselves");
        refuses(Map.of("sponsor", "administrator"), 422, "sponsor", "Nobody names themselves");
        refuses(Map.of("mentor", "administrator"), 422, "mentor", "Nobody names themselves");

        assertThat(read("newcomer").get("version")).isEqualTo(version);
    }

    @Test
    void areEngineAdministratorsForAsLongAsThoseSayWhateverElseIsRecorded() {
        Instant end = world.clock().instant().plus(Duration.ofMinutes(30));
        identities().createMembership("newcomer", "camunda-admin");
        Map<String, Object> stays = membership("camunda-admin", null);

        refuses(Map.of("groups", List.of(membership("camunda-admin", end))), 422, "groups", "in Admin");
        refuses(Map.of("groups", List.of()), 422, "groups", "in Admin");
        refuses(Map.of("left", true), 422, "left", "by somebody in that group");
        assertThat(put("administrator", "newcomer", Map.of("groups", List.of(stays)))
                        .status())
                .isEqualTo(200);
        assertThat(directory.groupsOf("newcomer")).contains("camunda-admin");
        assertThat(world.get("newcomer", "/api/v1/catalog").status()).isEqualTo(200);

        identities().createMembership("administrator", "camunda-admin");
        try {
            assertThat(put("administrator", "newcomer", Map.of("left", true)).status())
                    .isEqualTo(200);
        } finally {
            identities().deleteMembership("administrator", "camunda-admin");
        }
    }

    @Test
    void areInAGroupUntilTheVeryMomentThatIsRecorded() {
        Instant end = world.clock().instant().plus(Duration.ofMinutes(30));
        put("administrator", "newcomer", Map.of("groups", List.of(membership("engineers", end))));
        world.clock().advance(Duration.ofMinutes(29));
        assertThat(directory.groupsOf("newcomer")).containsExactly("engineers");
        assertThat(directory.membersOf(List.of("engineers"))).contains("newcomer");

        world.clock().advance(Duration.ofMinutes(1));

        assertThat(directory.groupsOf("newcomer")).isEmpty();
        assertThat(directory.membersOf(List.of("engineers"))).doesNotContain("newcomer");
        assertThat(directory.find("newcomer").orElseThrow().groups()).isEmpty();
        assertThat(accounts.now("newcomer").orElseThrow().groups()).isEmpty();
    }

    @Test
    void areLetInWithoutAnEndThatSomethingLeftBehind() {
        world.jdbc()
                .sql("insert into membership_end (person, group_id, ends_at) values ('newcomer', 'contractors', :end)")
                .param("end", world.clock().instant().atOffset(ZoneOffset.UTC))
                .update();

        identities().createMembership("newcomer", "contractors");

        assertThat(directory.groupsOf("newcomer")).contains("contractors");
    }

    @Test
    void areNotOverwrittenByWhoHasReadSomethingElse() {
        String read = read("newcomer").get("version");
        put("administrator", "newcomer", Map.of("managers", List.of("lead")));

        refuses(Map.of("version", read, "managers", List.of("lead2")), 409, "version", "was changed since you read it");
        identities().createMembership("newcomer", "contractors");
        String now = read("newcomer").get("version");
        identities().deleteMembership("newcomer", "contractors");
        refuses(Map.of("version", now), 409, "version", "was changed since you read it");

        assertThat(read("newcomer").json().path("managers").toString()).isEqualTo("[\"lead\"]");
    }

    @Test
    void areFoundByAccountOrNameAPageAtATime() {
        Answer first = world.get("administrator", "/api/v1/people?q=ENGINEER&size=1");
        assertThat(first.json().path("items").findValuesAsText("id")).containsExactly("engineer");
        assertThat(world.get("auditor", "/api/v1/people?q=engineer&after=" + first.get("next"))
                        .json()
                        .path("items")
                        .findValuesAsText("id"))
                .containsExactly("engineer2");
        assertThat(world.get("administrator", "/api/v1/people?size=0").get("field"))
                .isEqualTo("size");
    }

    @Test
    void loseWhatAMembershipGaveOnceItsEndHasCome() throws SQLException {
        identities().saveGroup(identities().newGroup("project-x"));
        Instant end = world.clock().instant().plus(Duration.ofMinutes(30));
        Answer put = put(
                "administrator",
                "newcomer",
                Map.of(
                        "groups",
                        List.of(membership("engineers", end), membership("project-x", end.plusSeconds(3600)))));
        assertThat(put.status()).as(put.text()).isEqualTo(200);
        UUID held = world.request("newcomer", "app-logs-read", "PT1H");

        try (Connection session = world.connect("newcomer", held)) {
            world.clock().advance(Duration.ofMinutes(29));
            world.sweep();
            assertThat(World.values(session, "select 1")).containsExactly("1");

            world.clock().advance(Duration.ofMinutes(1));
            world.sweep();

            assertThatThrownBy(() -> World.values(session, "select 1")).isInstanceOf(SQLException.class);
        }
        assertThat(world.loginExists(held)).isFalse();
        assertThat(world.outcome(held)).isEqualTo("REVOKED");
        assertThat(world.trail(held)).anyMatch(sentence -> sentence.contains("has left the groups that may have it"));
        assertThat(read("newcomer").json().path("groups").findValuesAsText("group"))
                .containsExactly("project-x");
        assertThat(world.jdbc()
                        .sql(
                                "select sentence from audit_entry where kind = 'membership-ended' order by id desc limit 1")
                        .query(String.class)
                        .single())
                .contains("newcomer is no longer in", "was to last until " + end);
        assertThat(world.jdbc()
                        .sql("select count(*) from membership_end")
                        .query(Integer.class)
                        .single())
                .as("nothing is kept of what is over")
                .isEqualTo(1);

        identities().createMembership("newcomer", "engineers");
        world.sweep();
        assertThat(read("newcomer").json().path("groups").findValuesAsText("until"))
                .as("who is let in anew is let in without an end")
                .contains("null");
    }

    @Test
    void keepNoEndOfAMembershipThatWasTakenElsewhere() {
        Instant end = world.clock().instant().plus(Duration.ofMinutes(30));
        put("administrator", "newcomer", Map.of("groups", List.of(membership("engineers", end))));
        identities().deleteMembership("newcomer", "engineers");
        identities().createMembership("newcomer", "engineers");

        world.clock().advance(Duration.ofHours(1));
        world.sweep();

        assertThat(read("newcomer").json().path("groups").findValuesAsText("group"))
                .containsExactly("engineers");
    }

    @Test
    void whoHaveLeftSignInNoMoreAndHoldNothing() {
        UUID held = world.request("newcomer", "app-logs-read", "PT1H");

        assertThat(put("administrator", "newcomer", Map.of("left", true)).status())
                .isEqualTo(200);
        world.sweep();

        assertThat(world.loginExists(held)).isFalse();
        assertThat(world.outcome(held)).isEqualTo("REVOKED");
        assertThat(world.get("newcomer", "/api/v1/catalog").status()).isEqualTo(401);
        refusesToLead("newcomer");

        put("administrator", "newcomer", Map.of("left", false));
        assertThat(world.get("newcomer", "/api/v1/catalog").status()).isEqualTo(200);
    }

    private void refusesToLead(String gone) {
        Answer refused = put("administrator", "lead", Map.of("managers", List.of(gone)));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.detail()).contains("or they have left");
    }
}
