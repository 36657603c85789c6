package dev.drawbridge.guardrails;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drawbridge.publication.PublicationInForce;
import dev.drawbridge.testing.Answer;
import dev.drawbridge.testing.DrawbridgeTest;
import dev.drawbridge.testing.World;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Why a request was decided so, as those read it who may see it. */
@DrawbridgeTest
class ReceiptTest {
    @Autowired
    World world;

    @Autowired
    PublicationInForce inForce;

    @BeforeEach
    void startAfresh() {
        world.startAfresh();
    }

    private Answer receipt(String who, UUID id) {
        return world.get(who, "/api/v1/access-requests/" + id + "/receipt");
    }

    private JsonNode receipt(UUID id) {
        Answer answer = receipt("auditor", id);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    private static List<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    @Test
    void keepsWhatWasSeenWhatFiredAndWhatNearlyDid() {
        UUID id = world.request("engineer", "app-logs-read", "PT30M");

        JsonNode receipt = receipt(id);

        assertThat(receipt.path("request").asText()).isEqualTo(id.toString());
        assertThat(receipt.path("occasion").asText()).isEqualTo("SUBMISSION");
        assertThat(receipt.path("outcome").asText()).isEqualTo("ALLOWED");
        assertThat(receipt.path("at").asText())
                .isEqualTo(world.clock().instant().toString());
        assertThat(receipt.path("publication").asLong())
                .isEqualTo(inForce.now().orElseThrow().number());
        assertThat(receipt.path("fired").findValuesAsText("rule")).containsExactly("automatic/low-up-to-an-hour");
        assertThat(receipt.path("nearly").findValuesAsText("rule")).contains("duration/low-longer-than-an-hour");
        assertThat(receipt.path("automaticIf")).isEmpty();
        assertThat(receipt.path("allowedIf")).isEmpty();
        JsonNode facts = receipt.path("facts");
        assertThat(facts.path("asked").path("duration").asText()).isEqualTo("PT30M");
        assertThat(facts.path("asked").path("ticket").asText()).isEqualTo("OPS-1234");
        assertThat(facts.path("wanted").path("id").asText()).isEqualTo("app-logs-read");
        assertThat(facts.path("requester").path("id").asText()).isEqualTo("engineer");
        assertThat(texts(facts.path("requester").path("groups"))).contains("engineers");
        assertThat(facts.path("moment").path("officeHours").asBoolean()).isTrue();
        assertThat(facts.path("history").path("automaticGrants").asInt()).isZero();
        assertThat(facts.path("held")).isEmpty();
        assertThat(facts.toString()).as("it stands in the request").doesNotContain("checkout");
    }

    @Test
    void keepsEachLaterJudgementAtTheGrantWithItsOwnFacts() {
        UUID id = world.request("engineer", "orders-write", "PT30M");
        assertThat(receipt(id).path("later")).isEmpty();
        world.clock().advance(Duration.ofHours(1));
        world.decide("manager", id, "approve");
        world.clock().advance(Duration.ofHours(1));
        world.decide("owner", id, "approve");
        assertThat(world.state(id)).isEqualTo("ACTIVE");

        JsonNode receipt = receipt(id);

        assertThat(receipt.path("outcome").asText()).isEqualTo("NEEDS_APPROVAL");
        assertThat(receipt.path("facts").path("moment").path("time").asText()).startsWith("12:00");
        assertThat(receipt.path("later")).hasSize(1);
        JsonNode later = receipt.path("later").get(0);
        assertThat(later.path("occasion").asText()).isEqualTo("GRANT");
        assertThat(later.path("outcome").asText()).isEqualTo("NEEDS_APPROVAL");
        assertThat(later.path("at").asText()).isEqualTo(world.clock().instant().toString());
        assertThat(later.path("facts").path("moment").path("time").asText()).startsWith("14:00");
        assertThat(later.path("automaticIf")).as("nobody is asked any more").isEmpty();
    }

    @Test
    void keepsWhatWasRefusedWhenItWasToBeGiven() {
        UUID id = world.request("engineer", World.ask("orders-write", "PT30M", "justification", "Mend order 4711"));
        world.decide("manager", id, "approve");
        // Another way to change the same comes first.
        UUID admin = world.request("engineer", "orders-admin", "PT1H");
        world.decide("manager", admin, "approve");
        world.decide("owner", admin, "approve");
        world.decide("owner2", admin, "approve");
        world.decide("security", admin, "approve");
        assertThat(world.state(admin)).isEqualTo("ACTIVE");

        world.decide("owner", id, "approve");

        assertThat(world.outcome(id)).isEqualTo("FAILED");
        JsonNode later = receipt(id).path("later").get(0);
        assertThat(later.path("outcome").asText()).isEqualTo("DENIED");
        assertThat(later.path("fired").findValuesAsText("rule")).contains("conflicts/one-way-to-change-at-a-time");
        assertThat(later.path("facts").path("held").findValuesAsText("id")).containsExactly("orders-admin");
        assertThat(later.path("facts").path("holdings").path("sameResource").asInt())
                .isOne();
    }

    @Test
    void keepsTheJudgementOnMoreTime() {
        UUID id = world.request("engineer", "app-logs-read", "PT30M");
        Answer more =
                world.act("engineer", id, "extension", Map.of("duration", "PT20M", "justification", "Not done yet"));
        assertThat(more.status()).as(more.text()).isEqualTo(200);

        JsonNode receipt =
                receipt(UUID.fromString(world.show(id).path("extensions").get(0).asText()));

        assertThat(receipt.path("facts").path("already").asText()).isEqualTo("PT30M");
        assertThat(receipt.path("facts").path("asked").path("duration").asText())
                .isEqualTo("PT50M");
        assertThat(receipt.path("later").findValuesAsText("occasion")).containsExactly("GRANT");
    }

    @Test
    void saysWhatWouldHaveMadeItAutomaticOrPossibleAtAll() {
        world.clock().advance(Duration.ofHours(10));
        UUID night = world.request("engineer", "orders-read", "PT2H");
        UUID refused = world.request("engineer", World.ask("orders-write", "PT30M", "ticket", ""));

        assertThat(texts(receipt(night).path("automaticIf")))
                .containsExactly("for one hour or less and in office hours");
        assertThat(texts(receipt(refused).path("allowedIf"))).containsExactly("with a ticket");
    }

    @Test
    void saysSoBeforeAnythingIsSent() {
        Answer preview = world.post("engineer", "/api/v1/access-requests/preview", World.ask("app-logs-read", "PT4H"));
        assertThat(texts(preview.json().path("automaticIf"))).containsExactly("for one hour or less");

        Answer refused = world.post(
                "engineer", "/api/v1/access-requests/preview", World.ask("orders-write", "PT30M", "ticket", ""));
        assertThat(texts(refused.json().path("allowedIf"))).containsExactly("with a ticket");
        assertThat(world.jdbc()
                        .sql("select count(*) from judgement where judged_at = :now")
                        .param("now", world.clock().instant().atOffset(ZoneOffset.UTC))
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void isForThoseWhoMaySeeTheRequest() {
        UUID id = world.request("engineer", "orders-write", "PT30M");

        for (String may : List.of("engineer", "manager", "auditor", "operator", "security")) {
            assertThat(receipt(may, id).status()).as(may).isEqualTo(200);
        }
        for (String other : List.of("engineer2", "contractor", "process-owner")) {
            assertThat(receipt(other, id).get("code")).as(other).isEqualTo("unknown-request");
        }
    }

    @Test
    void isMissingWhereAnEarlierReleaseHasJudged() {
        UUID id = world.request("engineer", "orders-write", "PT30M");
        world.superuser(
                "drawbridge",
                "set session_replication_role = replica; delete from judgement where request_id = '" + id + "'");

        assertThat(receipt("engineer", id).get("code")).isEqualTo("no-receipt");
        assertThat(world.get("engineer", "/requests/" + id).text()).contains("An earlier release of Drawbridge");
    }

    @Test
    void isToldByTheRulesThatJudgedThoughOthersAreInForce() {
        UUID id = world.request("engineer", "app-logs-read", "PT4H");
        long number = inForce.now().orElseThrow().number();
        // The same files under another number: those have to be compiled from what was published.
        world.superuser("drawbridge", """
                set session_replication_role = replica;
                insert into publication select number + 1000, fingerprint, author, note, definition, published_at
                    from publication where number = %1$d on conflict do nothing;
                insert into publication_file select number + 1000, path, sha256 from publication_file
                    where number = %1$d on conflict do nothing;
                update judgement set publication = %1$d + 1000 where request_id = '%2$s';
                """.formatted(number, id));
        try {
            assertThat(texts(receipt(id).path("automaticIf"))).containsExactly("for one hour or less");
        } finally {
            world.superuser("drawbridge", """
                    set session_replication_role = replica;
                    update judgement set publication = %1$d where publication = %1$d + 1000;
                    delete from publication_file where number = %1$d + 1000;
                    delete from publication where number = %1$d + 1000;
                    """.formatted(number));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"delete from judgement", "update judgement set facts = '{}'", "truncate judgement"})
    void isNeverChanged(String change) {
        world.request("engineer", "app-logs-read", "PT30M");

        assertThatThrownBy(() -> world.jdbc().sql(change).update()).hasMessageContaining("only ever added");
    }
}
