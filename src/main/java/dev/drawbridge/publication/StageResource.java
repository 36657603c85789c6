package dev.drawbridge.publication;

import dev.drawbridge.platform.CurrentSignIn;
import dev.drawbridge.platform.Refusal;
import dev.drawbridge.platform.SignIn;
import dev.drawbridge.publication.PublicationResource.PublicationView;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The steps of a publication's life. */
@RestController
@RequestMapping("/api/v1/publications/{number}")
@Tag(name = "Publications")
class StageResource {
    private final PublicationStages stages;

    StageResource(PublicationStages stages) {
        this.stages = stages;
    }

    /**
     * Where it is to get.
     *
     * @param groups with {@code CANARY}: those whose members it counts for
     * @param percent with {@code CANARY}: of how many of all people, from 0 to 100
     * @param backWhen with {@code CANARY}: when it ends by itself
     */
    record StageWanted(
            @Nullable String stage,
            @Nullable List<@Nullable String> groups,
            @Nullable Integer percent,
            @Nullable LimitsWanted backWhen,
            @Nullable String note) {}

    /** As {@link BackWhen}; what is left out is as usual. */
    record LimitsWanted(
            @Nullable Integer refused,
            @Nullable Integer failed,
            @Nullable Integer timedOut,
            @Nullable Integer after) {
        BackWhen limits() {
            BackWhen usual = BackWhen.USUAL;
            return new BackWhen(
                    points("refused", refused, usual.refused()),
                    points("failed", failed, usual.failed()),
                    points("timedOut", timedOut, usual.timedOut()),
                    after == null ? usual.after() : between("after", after, 1, 1_000_000, "requests"));
        }

        private static int points(String name, @Nullable Integer said, int usual) {
            return said == null ? usual : between(name, said, 0, 100, "percentage points");
        }
    }

    record Answer(@Nullable String decision, @Nullable String comment) {}

    @PostMapping("/stage")
    @Operation(
            summary = "Try it out, put it in force, or go back to it",
            description =
                    "`SHADOW`: it judges beside the one in force, and only what it would have said otherwise is put on record."
                            + " `CANARY`: it counts for the requests of `groups`, or of `percent` of all people, until it goes back by itself"
                            + " (`backWhen`). `LIVE`: a proposal as it is; an earlier one under a number of its own; the one in force: ends a"
                            + " trial beside it. `WITHDRAWN`: ends a trial, or takes back a proposal. Security may go back alone.")
    ResponseEntity<PublicationView> stage(@PathVariable long number, @RequestBody StageWanted wanted) {
        SignIn who = CurrentSignIn.require();
        String note = said(wanted.note());
        Life life = switch (said(wanted.stage())) {
            case "LIVE" -> stages.live(who, number, note);
            case "SHADOW" -> stages.shadow(who, number, note);
            case "CANARY" -> stages.canary(who, number, cohort(wanted), limits(wanted), note);
            case "WITHDRAWN" -> stages.withdraw(who, number, note);
            default ->
                throw Refusal.ofField(
                        Refusal.Kind.INVALID,
                        "stage",
                        "unknown-stage",
                        "'stage' can be SHADOW, CANARY, LIVE or WITHDRAWN.");
        };
        return PublishResource.answer(life, life.publication().number() != number);
    }

    @PostMapping("/agreement")
    @Operation(
            summary = "Agree to what another process owner proposed",
            description = "`approve` puts exactly that in force; `reject`, with a `comment`, withdraws it.")
    ResponseEntity<PublicationView> agreement(
            @PathVariable long number, @RequestBody(required = false) @Nullable Answer answer) {
        String decision = answer == null || answer.decision() == null ? "approve" : answer.decision();
        String comment = answer == null ? "" : said(answer.comment());
        if (!decision.equals("approve") && !decision.equals("reject")) {
            throw Refusal.ofField(
                    Refusal.Kind.INVALID, "decision", "unknown-decision", "'decision' can be approve or reject.");
        }
        if (decision.equals("reject") && comment.isEmpty()) {
            throw Refusal.ofField(
                    Refusal.Kind.INVALID, "comment", "comment-missing", "Say in the comment why you do not agree.");
        }
        return PublishResource.answer(
                stages.agree(CurrentSignIn.require(), number, decision.equals("approve"), comment), false);
    }

    private static Cohort cohort(StageWanted wanted) {
        Set<String> groups = wanted.groups() == null
                ? Set.of()
                : wanted.groups().stream().filter(Objects::nonNull).collect(Collectors.toSet());
        return new Cohort(
                groups, wanted.percent() == null ? 0 : between("percent", wanted.percent(), 0, 100, "percent"));
    }

    private static BackWhen limits(StageWanted wanted) {
        return wanted.backWhen() == null ? BackWhen.USUAL : wanted.backWhen().limits();
    }

    private static int between(String field, int value, int least, int most, String unit) {
        if (value < least || value > most) {
            throw Refusal.ofField(
                    Refusal.Kind.INVALID,
                    field,
                    "invalid-" + field,
                    "'" + field + "' is from " + least + " to " + most + " " + unit + ".");
        }
        return value;
    }

    private static String said(@Nullable String text) {
        return text == null ? "" : text.strip();
    }
}
