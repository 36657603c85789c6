package dev.drawbridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.testing.Answer;
import dev.drawbridge.testing.DrawbridgeTest;
import dev.drawbridge.testing.World;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** The REST interface, as a program sees it. */
@DrawbridgeTest
class RestTest {
    private static final String REQUESTS = "/api/v1/access-requests";

    @Autowired
    World world;

    @BeforeEach
    void startAfresh() {
        world.startAfresh();
    }

    private int recorded() {
        return world.jdbc()
                .sql("select count(*) from access_request")
                .query(Integer.class)
                .single();
    }

    @Test
    void offersWhatTheCallerMayAskFor() {
        assertThat(world.get("engineer", "/api/v1/catalog").json().findValuesAsText("id"))
                .containsExactly(
                        "app-logs-read", "orders-read", "orders-read-unmasked", "orders-write", "orders-admin");
        assertThat(world.get("auditor", "/api/v1/catalog").json()).isEmpty();
    }

    @Test
    void answersARequestWithItsPlaceAndItsVerdict() {
        Answer answer = world.post("engineer", REQUESTS, World.ask("app-logs-read", "PT30M"));

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.headers().firstValue("Location")).hasValue(REQUESTS + "/" + answer.get("id"));
        assertThat(answer.get("requester")).isEqualTo("engineer");
        assertThat(answer.get("duration")).isEqualTo("PT30M");
        assertThat(answer.get("submittedAt")).isEqualTo(world.clock().instant().toString());
        assertThat(answer.json().path("verdict").path("outcome").asText()).isEqualTo("ALLOWED");
        assertThat(answer.json().path("verdict").path("rulebook").asText()).hasSize(64);
        assertThat(answer.json().path("outcome").isNull()).isTrue();
        world.runDueJobs();
        assertThat(world.show(UUID.fromString(answer.get("id")))
                        .path("grant")
                        .path("expiresAt")
                        .asText())
                .isEqualTo(world.clock().instant().plus(Duration.ofMinutes(30)).toString());
    }

    @Test
    void recordsARefusedRequestAsARequestThatHasEnded() {
        Answer answer = world.post("contractor", REQUESTS, World.ask("orders-admin", "PT1H"));

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.get("state")).isEqualTo("ENDED");
        assertThat(answer.get("outcome")).isEqualTo("DENIED");
        assertThat(answer.json().path("verdict").path("findings").findValuesAsText("message"))
                .anyMatch(sentence -> sentence.startsWith("Contractors are never given critical access"));
    }

    private String ending(UUID id) {
        return world.show(id).path("ending").path("sentence").asText();
    }

    @Test
    void saysWhyARequestEnded() {
        UUID denied = world.request("contractor", "orders-admin", "PT1H");
        assertThat(ending(denied)).startsWith("Contractors are never given critical access");
        UUID rejected = world.request("engineer", "orders-write", "PT1H");
        assertThat(world.show(rejected).path("ending").isNull()).isTrue();
        world.decide("manager", rejected, "reject");
        assertThat(ending(rejected)).isEqualTo("Mara Manager refused it: “I have looked at it”");
        UUID withdrawn = world.request("engineer", "orders-write", "PT1H");
        assertThat(world.act("engineer", withdrawn, "withdrawal", null).get("outcome"))
                .isEqualTo("WITHDRAWN");
        assertThat(ending(withdrawn)).isEqualTo("The requester withdrew it.");
        UUID returned = world.request("engineer", "app-logs-read", "PT1H");
        world.act("engineer", returned, "return", null);
        assertThat(ending(returned)).isEqualTo("It was handed back.");
        UUID revoked = world.request("engineer", "app-logs-read", "PT1H");
        world.act("operator", revoked, "revocation", Map.of("reason", "The laptop is lost"));
        assertThat(ending(revoked)).isEqualTo("Otto Operator revoked it: “The laptop is lost”");
        UUID dropped = world.request("engineer", "orders-write", "PT1H");
        world.post("operator", "/api/v1/revocations", Map.of("requester", "engineer", "reason", "Stolen"));
        assertThat(ending(dropped)).isEqualTo("Otto Operator revoked it: “Stolen”");
        UUID forgotten = world.request("engineer", "orders-write", "PT1H");
        world.pass(Duration.ofDays(4));
        assertThat(ending(forgotten)).isEqualTo("Nobody who may decide did so in time.");
        UUID expired = world.request("engineer", "app-logs-read", "PT1H");
        world.pass(Duration.ofHours(1));
        assertThat(ending(expired)).isEqualTo("Its time was over.");
        assertThat(world.show(expired).path("ending").path("at").asText())
                .isEqualTo(world.clock().instant().toString());
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            value = {
                "entitlement, null, 400, Choose what you need",
                "entitlement, no-such-thing, 404, There is nothing called 'no-such-thing'",
                "duration, null, 400, Say for how long",
                "duration, PT0S, 422, longer than nothing",
                "duration, -PT1H, 422, longer than nothing",
                "duration, 1h, 400, is not a duration",
                "duration, P1M, 400, is not a duration",
                "duration, PT99999999999999999999H, 400, is not a duration",
                "duration, PT9H, 422, eight hours at most",
                "justification, null, 400, Say why",
                "justification, '   ', 400, Say why",
                "ticket, see mail, 422, not a ticket number",
                "startsAt, 1999-01-01T00:00:00Z, 422, in the past",
                "startsAt, soon, 400, is not a time"
            })
    void namesTheFieldThatIsWrongAndRecordsNothingButTheAttempt(
            String field, String value, int status, String sentence) {
        int before = recorded();
        world.runScheduled("AttemptsOnRecord");
        int refusals = refusals();

        for (String path : List.of(REQUESTS, REQUESTS + "/preview")) {
            Answer answer = world.post("engineer", path, World.ask("app-logs-read", "PT1H", field, value));

            assertThat(answer.status()).isEqualTo(status);
            assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
            assertThat(answer.get("field")).isEqualTo(field);
            assertThat(answer.detail()).contains(sentence).doesNotContain("Exception", "dev.drawbridge");
        }
        assertThat(recorded()).isEqualTo(before);
        if (status == 400) {
            assertThat(refusals()).as("what cannot be read leaves no entry").isEqualTo(refusals);
        } else {
            assertThat(world.lastEntry()).startsWith("engineer: Refused").contains(sentence);
        }
    }

    private int refusals() {
        return world.jdbc()
                .sql("select count(*) from audit_entry where kind = 'attempt-refused'")
                .query(Integer.class)
                .single();
    }

    @Test
    void refusesAJustificationThatIsTooLongWithItsLimit() {
        Answer answer = world.post(
                "engineer", REQUESTS, World.ask("app-logs-read", "PT1H", "justification", "x".repeat(10_000)));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.detail()).isEqualTo("The justification has 10000 characters; at most 2000 are taken.");
    }

    @Test
    void keepsMarkupAsTextAllTheWay() {
        String markup = "<script>alert('x')</script> {{7*7}} ${7*7} #{grants}";
        UUID id = world.request("engineer", World.ask("orders-write", "PT1H", "justification", markup));

        assertThat(world.show(id).path("justification").asText()).isEqualTo(markup);
        assertThat(world.trail(id)).first().asString().contains(markup);
    }

    @Test
    void refusesWhatSomebodyMayNotAskFor() {
        Answer answer = world.post("manager", REQUESTS, World.ask("orders-read", "PT1H"));

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.get("code")).isEqualTo("entitlement-not-for-you");
        assertThat(world.lastEntry()).startsWith("manager: Refused");
    }

    @Test
    void tellsOfTheRequestThatExistsWhenTheSameIsSentAgain() {
        UUID first = world.request("engineer", "app-logs-read", "PT1H");

        Answer again = world.post("engineer", REQUESTS, World.ask("app-logs-read", "PT5M"));

        assertThat(again.status()).isEqualTo(409);
        assertThat(again.get("request")).isEqualTo(first.toString());
        assertThat(world.logins()).hasSize(1);
        assertThat(world.request("engineer2", "app-logs-read", "PT1H"))
                .as("somebody else may")
                .isNotNull();
        String after = world.clock().instant().plus(Duration.ofHours(2)).toString();
        assertThat(world.request("engineer", World.ask("app-logs-read", "PT1H", "startsAt", after)))
                .as("and so may the same person for another time")
                .isNotNull();
    }

    @Test
    void refusesABodyThatIsNoJson() {
        Answer answer = world.post("engineer", REQUESTS, "{\"entitlement\": ");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.get("code")).isEqualTo("unreadable-body");
    }

    @Test
    void previewsWhoWouldHaveToAgreeAndWhyAndRecordsNothing() {
        int before = recorded();

        Answer preview = world.post("engineer", REQUESTS + "/preview", World.ask("orders-admin", "PT1H"));

        assertThat(preview.status()).isEqualTo(200);
        assertThat(preview.json().path("verdict").path("outcome").asText()).isEqualTo("NEEDS_APPROVAL");
        assertThat(preview.json().path("approvers").findValuesAsText("level"))
                .containsExactly("manager", "two-owners", "security");
        assertThat(preview.json().path("approvers").get(1).path("people").toString())
                .isEqualTo("[\"owner\",\"owner2\"]");
        assertThat(preview.json().path("automaticIf").isArray()).isTrue();
        assertThat(preview.json().path("automaticIf"))
                .as("nobody gets it by themselves")
                .isEmpty();
        assertThat(recorded()).isEqualTo(before);
    }

    @Test
    void grantsModerateReadingByItselfInOfficeHoursAndAsksTheManagerOtherwise() {
        Answer noon = world.post("engineer", REQUESTS + "/preview", World.ask("orders-read", "PT1H"));
        assertThat(noon.json().path("verdict").path("outcome").asText()).isEqualTo("ALLOWED");
        assertThat(noon.json().path("verdict").path("obligations").toString()).contains("masked-columns");

        world.clock().advance(Duration.ofHours(10));
        Answer night = world.post("engineer", REQUESTS + "/preview", World.ask("orders-read", "PT1H"));
        assertThat(night.json().path("approvers").findValuesAsText("level")).containsExactly("manager");
    }

    private String previewed(String who, String entitlement) {
        return world.post(who, REQUESTS + "/preview", World.ask(entitlement, "PT30M"))
                .json()
                .path("verdict")
                .path("outcome")
                .asText();
    }

    @Test
    void asksTheManagerAfterTenAutomaticGrantsWithinADay() {
        for (int number = 0; number < 10; number++) {
            assertThat(previewed("engineer2", "app-logs-read")).isEqualTo("ALLOWED");
            UUID id = world.request("engineer2", "app-logs-read", "PT30M");
            world.act("engineer2", id, "return", null);
        }

        assertThat(previewed("engineer2", "app-logs-read")).isEqualTo("NEEDS_APPROVAL");
        assertThat(previewed("engineer", "app-logs-read"))
                .as("each counts for themselves")
                .isEqualTo("ALLOWED");
        world.pass(Duration.ofDays(1));
        assertThat(previewed("engineer2", "app-logs-read")).isEqualTo("ALLOWED");
    }

    @Test
    void seesWhatSomebodyHoldsAlready() {
        UUID held = world.request("engineer", "orders-write", "PT1H");
        world.decide("manager", held, "approve");
        assertThat(previewed("engineer", "orders-admin")).isEqualTo("NEEDS_APPROVAL");

        world.decide("owner", held, "approve");

        assertThat(world.state(held)).isEqualTo("ACTIVE");
        assertThat(previewed("engineer", "orders-admin")).isEqualTo("DENIED");
        assertThat(previewed("engineer", "orders-read")).isEqualTo("ALLOWED");
        assertThat(previewed("engineer2", "orders-admin")).isEqualTo("NEEDS_APPROVAL");
    }

    @Test
    void showsARequestOnlyToThoseWhomItConcerns() {
        UUID id = world.request("engineer", "orders-write", "PT1H");

        for (String who : List.of("engineer", "manager", "owner", "auditor", "operator", "security")) {
            assertThat(world.get(who, REQUESTS + "/" + id).status()).as(who).isEqualTo(200);
            assertThat(world.get(who, REQUESTS + "/" + id + "/trail").status())
                    .as(who)
                    .isEqualTo(200);
        }
        for (String who : List.of("engineer2", "contractor", "manager2", "process-owner")) {
            assertThat(world.get(who, REQUESTS + "/" + id).status()).as(who).isEqualTo(404);
            assertThat(world.get(who, REQUESTS + "/" + id + "/trail").status())
                    .as(who)
                    .isEqualTo(404);
            assertThat(world.get(who, REQUESTS).json().path("items").findValuesAsText("id"))
                    .as(who)
                    .doesNotContain(id.toString());
            for (String act : List.of("withdrawal", "return")) {
                assertThat(world.act(who, id, act, null).status()).as(who).isEqualTo(404);
            }
        }
        assertThat(world.act("manager", id, "withdrawal", null).status()).isEqualTo(403);
        assertThat(world.state(id)).isEqualTo("PENDING_APPROVAL");
    }

    @Test
    void listsByStateRequesterAndEntitlementPageByPage() {
        UUID id = world.request("engineer", "orders-write", "PT1H");
        String path = REQUESTS + "?state=PENDING_APPROVAL&requester=engineer&entitlement=orders-write&page=0&size=1";

        Answer page = world.get("auditor", path);

        assertThat(page.json().path("items").findValuesAsText("id")).contains(id.toString());
        assertThat(page.json().path("total").asInt()).isEqualTo(1);
        assertThat(world.get("auditor", REQUESTS + "?size=0").get("field")).isEqualTo("size");
        assertThat(world.get("auditor", REQUESTS + "?page=-1").get("field")).isEqualTo("page");
        assertThat(world.get("auditor", REQUESTS + "?page=x").get("field")).isEqualTo("page");
        assertThat(world.get("auditor", REQUESTS + "?state=%27%3B%20drop%20table%20verdict")
                        .json()
                        .path("total")
                        .asInt())
                .isZero();
    }

    @Test
    void wantsAReasonForARefusalAndForARevocation() {
        UUID pending = world.request("engineer", "orders-write", "PT1H");
        Answer refusal = world.post("manager", REQUESTS + "/" + pending + "/decision", Map.of("decision", "reject"));
        assertThat(refusal.status()).isEqualTo(422);
        assertThat(refusal.get("field")).isEqualTo("comment");
        assertThat(world.state(pending)).isEqualTo("PENDING_APPROVAL");

        UUID active = world.request("engineer", "app-logs-read", "PT1H");
        Answer revocation = world.act("operator", active, "revocation", Map.of("reason", " "));
        assertThat(revocation.status()).isEqualTo(400);
        assertThat(revocation.get("field")).isEqualTo("reason");
        assertThat(world.state(active)).isEqualTo("ACTIVE");
    }

    @Test
    void tellsTheStoryOfARequestInSentences() {
        UUID id = world.request("engineer", "orders-write", "PT1H");
        world.decide("manager", id, "approve");
        world.decide("contractor", id, "approve");
        world.decide("owner2", id, "approve");
        world.act("engineer", id, "credentials", null);
        world.pass(Duration.ofHours(1));

        assertThat(world.trail(id))
                .satisfiesExactly(
                        asked -> assertThat(asked)
                                .startsWith(
                                        "Erin Engineer (engineer) asked for Orders, change data (orders-write) for one hour (OPS-1234)"),
                        judged -> assertThat(judged)
                                .startsWith("The guardrails ask for approval by the manager, then an owner"),
                        manager -> assertThat(manager).startsWith("Mara Manager (manager) approved at level manager"),
                        owner -> assertThat(owner).startsWith("Omar Owner (owner2) approved at level owner"),
                        granted -> assertThat(granted).startsWith("Access was given as drawbridge_"),
                        revealed ->
                                assertThat(revealed).startsWith("Erin Engineer (engineer) revealed a fresh credential"),
                        ordered -> assertThat(ordered).isEqualTo("The access has to end: its time is over."),
                        gone -> assertThat(gone).startsWith("The target confirmed the end"));
    }

    @Test
    void neverStoresACredential() {
        UUID id = world.request("engineer", "app-logs-read", "PT1H");
        Answer credential = world.act("engineer", id, "credentials", null);
        assertThat(credential.headers().firstValue("Cache-Control")).hasValue("no-store");
        String password = credential.get("password");
        assertThat(password).hasSizeGreaterThan(20);

        List<String> tables = world.jdbc()
                .sql("select quote_ident(table_schema) || '.' || quote_ident(table_name) from information_schema.tables"
                        + " where table_schema = 'public' and table_type = 'BASE TABLE'")
                .query(String.class)
                .list();
        assertThat(tables).hasSizeGreaterThan(40);
        for (String table : tables) {
            assertThat(world.jdbc()
                            .sql("select count(*) from " + table + " t where t::text like '%" + password + "%'")
                            .query(Integer.class)
                            .single())
                    .as(table)
                    .isZero();
        }
    }

    @Test
    void tellsAProgramThatThereIsNothingAtAnAddress() {
        Answer answer = world.get("engineer", "/api/v1/nothing");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(answer.detail()).isEqualTo("There is nothing at this address.");
    }

    @Test
    void describesItselfAsOpenApi() {
        Answer description = world.get("engineer", "/v3/api-docs");

        assertThat(description.json().path("info").path("title").asText()).isEqualTo("Drawbridge");
        assertThat(description.json().path("paths").fieldNames())
                .toIterable()
                .contains(
                        "/api/v1/catalog",
                        REQUESTS,
                        REQUESTS + "/preview",
                        REQUESTS + "/{id}/decision",
                        REQUESTS + "/{id}/withdrawal",
                        REQUESTS + "/{id}/return",
                        REQUESTS + "/{id}/revocation",
                        REQUESTS + "/{id}/credentials",
                        REQUESTS + "/{id}/trail");
        assertThat(world.get("engineer", "/swagger-ui/index.html").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "access-requests?state=foo | state | 'state' cannot be read; it can be PENDING_APPROVAL, SCHEDULED,",
                "access-requests?from=2035-01-01 | from | 'from' is not known here; it can be after, entitlement, mine, page,",
                "access-requests?State=ACTIVE | State | 'State' is not known here",
                "access-requests?state=ACTIVE&state=ENDED | state | 'state' is there more than once",
                "access-requests?requester=nobody-here | requester | There is no requester 'nobody-here'",
                "access-requests?entitlement=order-read | entitlement | There is no entitlement 'order-read'",
                "access-requests?mine=perhaps | mine | 'mine' cannot be read",
                "access-requests?mine=true&requester=engineer | requester | not both",
                "access-requests?page=first | page | 'page' cannot be read",
                "catalog?q=orders | q | takes no parameters",
                "deputies?person=manager | person | takes no parameters",
                "open-access?state=ACTIVE | state | 'state' is not known here; it can be from, q"
            })
    void namesTheFilterOrTheValueThatItDoesNotKnow(String path, String field, String sentence) {
        Answer answer = world.get("operator", "/api/v1/" + path);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.get("field")).isEqualTo(field);
        assertThat(answer.detail()).contains(sentence);
    }

    @Test
    void takesEveryStateThatARequestCanBeInAndAnEmptyFilterForNone() {
        world.request("engineer", "app-logs-read", "PT1H");

        for (String state :
                List.of("PENDING_APPROVAL", "SCHEDULED", "PROVISIONING", "ACTIVE", "REVOKING", "ENDED", "")) {
            assertThat(world.get("operator", REQUESTS + "?state=" + state + "&requester=engineer&entitlement=")
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void namesTheRequestThatIsInTheWayOfAnotherLikeIt() {
        UUID first = world.request("engineer", "app-logs-read", "PT30M");
        int before = recorded();

        for (String path : List.of(REQUESTS, REQUESTS + "/preview")) {
            Answer second = world.post("engineer", path, World.ask("app-logs-read", "PT30M"));

            assertThat(second.status()).isEqualTo(409);
            assertThat(second.get("request")).isEqualTo(first.toString());
            assertThat(second.detail()).contains("already").doesNotContain(first.toString());
        }
        assertThat(recorded()).isEqualTo(before);
    }
}
