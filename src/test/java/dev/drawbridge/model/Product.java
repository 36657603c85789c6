package dev.drawbridge.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drawbridge.approval.MayAnswer;
import dev.drawbridge.grant.Access;
import dev.drawbridge.model.Asked.Level;
import dev.drawbridge.model.Asked.Tier;
import dev.drawbridge.model.Asked.Verdict;
import dev.drawbridge.testing.World;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.springframework.context.ApplicationContext;

/** Reads the product, over REST as an auditor and where REST shows nothing by its own parts, in the words of the model. */
final class Product {
    private static final String FACTS = """
            select concat_ws(' ',
                (select count(*) from access_request), (select count(*) from approval), (select count(*) from question),
                (select count(*) from answer), (select count(*) from hand_over), (select count(*) from hand_back),
                (select count(*) from deputy), (select count(*) from deputy_dismissal),
                (select count(*) from request_end), (select count(*) from access_grant),
                (select count(*) from grant_extension), (select count(*) from revocation))
            """;

    private final World world;
    private final MayAnswer mayAnswer;

    Product(ApplicationContext context) {
        world = context.getBean(World.class);
        mayAnswer = new MayAnswer(context);
    }

    /** What runs every second or half minute; the jobs first. */
    void settle() {
        world.runDueJobs();
        world.runScheduled("Notices");
        world.runScheduled("ApprovalTasks");
        world.runDueJobs();
    }

    String facts() {
        return world.jdbc().sql(FACTS).query(String.class).single();
    }

    Set<String> logins() {
        return new TreeSet<>(world.logins());
    }

    static Verdict verdict(JsonNode request) {
        JsonNode verdict = request.path("verdict");
        List<Level> levels = new ArrayList<>();
        for (JsonNode level : verdict.path("levels")) {
            List<Tier> tiers = new ArrayList<>();
            level.path("escalations")
                    .forEach(tier -> tiers.add(
                            new Tier(duration(tier.path("after")), new TreeSet<>(texts(tier.path("groups"))))));
            levels.add(new Level(
                    level.path("name").asText(),
                    new TreeSet<>(texts(level.path("groups"))),
                    texts(level.path("people")),
                    level.path("source").asText().equals("REQUESTERS_MANAGER"),
                    level.path("quorum").asInt(),
                    duration(level.path("deadline")),
                    duration(level.path("remindEvery")),
                    tiers));
        }
        return new Verdict(
                verdict.path("outcome").asText(),
                levels,
                verdict.path("limit").isTextual() ? duration(verdict.path("limit")) : null);
    }

    private static Duration duration(JsonNode text) {
        return Duration.parse(text.asText());
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    /** Everything about a request that both know. */
    Map<String, String> read(Asked request) {
        JsonNode shown = world.show(request.id);
        Map<String, String> read = new TreeMap<>();
        put(read, shown, "state", "outcome", "requester", "extending");
        read.put("ended", text(shown.path("ending").path("at")));
        JsonNode grant = shown.path("grant");
        for (String part : List.of("entitlement", "startedAt", "expiresAt", "endedAt", "endReason")) {
            read.put("grant " + part, text(grant.path(part)));
        }
        List<String> answers = new ArrayList<>();
        shown.path("approvals")
                .forEach(answer -> answers.add(String.join(
                        " ",
                        text(answer.path("level")),
                        text(answer.path("approver")),
                        "for " + text(answer.path("forPerson")),
                        text(answer.path("decision")),
                        text(answer.path("narrowedTo").path("entitlement")),
                        text(answer.path("narrowedTo").path("duration")),
                        text(answer.path("at")))));
        read.put("answers", answers.toString());
        if (text(shown.path("state")).equals("PENDING_APPROVAL")) {
            readOpen(request.id, read);
        }
        return read;
    }

    private void readOpen(UUID id, Map<String, String> read) {
        JsonNode around = world.get("auditor", "/api/v1/access-requests/" + id + "/approval")
                .json();
        JsonNode open = around.path("open");
        for (String part : List.of(
                "name",
                "position",
                "levels",
                "since",
                "quorum",
                "approved",
                "awaitsAnswer",
                "answerDueAt",
                "reminderAt",
                "escalatesAt",
                "deadlineAt")) {
            read.put("open " + part, text(open.path(part)));
        }
        read.put("open waitsFor", new TreeSet<>(texts(open.path("waitsFor"))).toString());
        read.put("scope", text(around.path("entitlement")) + " " + text(around.path("duration")));
        read.put("questions", Integer.toString(around.path("thread").size()));
        read.put("may answer", mayAnswer.of(id).toString());
    }

    private static void put(Map<String, String> read, JsonNode shown, String... parts) {
        for (String part : parts) {
            read.put(part, text(shown.path(part)));
        }
    }

    private static String text(JsonNode node) {
        return node.isMissingNode() || node.isNull() ? "-" : node.asText();
    }

    /** The same, as the model has it. */
    static Map<String, String> expected(Reference model, Asked request) {
        Map<String, String> expected = new TreeMap<>();
        expected.put("state", request.state());
        expected.put("outcome", text(request.outcome));
        expected.put("requester", request.requester);
        expected.put("extending", request.extending == null ? "-" : request.extending.id.toString());
        expected.put("ended", text(request.ended));
        Asked.Access access = request.access;
        expected.put("grant entitlement", access == null ? "-" : access.entitlement);
        expected.put("grant startedAt", access == null ? "-" : text(access.from));
        expected.put("grant expiresAt", access == null ? "-" : text(access.until));
        expected.put("grant endedAt", access == null ? "-" : text(access.ended));
        expected.put("grant endReason", access == null ? "-" : text(access.why));
        List<String> answers = new ArrayList<>();
        for (Asked.Answer answer : request.answers) {
            Asked.Scope narrowed = answer.narrowedTo();
            answers.add(String.join(
                    " ",
                    request.level(answer.level()).name(),
                    answer.by(),
                    "for " + text(answer.forPerson()),
                    answer.approves() ? "approve" : "reject",
                    narrowed == null ? "-" : narrowed.entitlement(),
                    narrowed == null ? "-" : narrowed.duration().toString(),
                    text(answer.at())));
        }
        expected.put("answers", answers.toString());
        if (request.is("PENDING_APPROVAL")) {
            expectOpen(model, request, expected);
        }
        return expected;
    }

    private static void expectOpen(Reference model, Asked request, Map<String, String> expected) {
        Instant now = model.now;
        int open = request.open();
        expected.put("open name", request.level(open).name());
        expected.put("open position", Integer.toString(open + 1));
        expected.put("open levels", Integer.toString(request.verdict.levels().size()));
        expected.put("open since", text(request.began(open)));
        expected.put("open quorum", Integer.toString(request.level(open).quorum()));
        expected.put("open approved", Integer.toString(request.approvals(open)));
        expected.put(
                "open awaitsAnswer", Boolean.toString(request.openQuestion().isPresent()));
        expected.put(
                "open answerDueAt",
                request.openQuestion()
                        .map(question ->
                                request.ofUse(request.answerDue(question)).toString())
                        .orElse("-"));
        expected.put("open reminderAt", text(request.nextReminder(now).orElse(null)));
        expected.put("open escalatesAt", text(request.nextTier(now).orElse(null)));
        expected.put("open deadlineAt", text(request.ofUse(request.deadline(now))));
        Set<String> names = new TreeSet<>();
        model.house.awaited(request).forEach(person -> names.add(House.NAMES.get(person)));
        expected.put("open waitsFor", names.toString());
        expected.put(
                "scope", request.scope().entitlement() + " " + request.scope().duration());
        expected.put("questions", Integer.toString(request.questions.size()));
        expected.put("may answer", model.house.mayAnswer(request, now).toString());
    }

    private static String text(Object value) {
        return value == null ? "-" : value.toString();
    }

    /** The logins that the target has by the model. */
    static Set<String> expectedLogins(Reference model) {
        Set<String> logins = new TreeSet<>();
        model.requests.stream().filter(one -> one.is("ACTIVE")).forEach(one -> logins.add(Access.principalFor(one.id)));
        return logins;
    }
}
