package dev.drawbridge.guardrails;

import dev.drawbridge.catalog.RulesException;
import dev.drawbridge.platform.CurrentSignIn;
import dev.drawbridge.platform.Refusal;
import dev.drawbridge.platform.Refusals;
import dev.drawbridge.platform.SignIn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** What a publication would have said to what was judged lately, for those who own the rules. */
@RestController
@Tag(name = "Publications")
class ReplayResource {
    private static final int MOST_DAYS = 366;

    private final RulesByNumber rules;
    private final Replay replay;
    private final Refusals refusals;
    /** One at a time takes what this node has to spare. */
    private final AtomicBoolean runs = new AtomicBoolean();

    ReplayResource(RulesByNumber rules, Replay replay, Refusals refusals) {
        this.rules = rules;
        this.replay = replay;
        this.refusals = refusals;
    }

    record Lately(@Nullable Integer days) {}

    @PostMapping("/api/v1/publications/{number}/replay")
    @Operation(
            summary = "What these rules would have said to the requests of the last days",
            description = "For process owners. Which verdicts would change, by rule, entitlement, group and person.")
    ReplayReport replay(@PathVariable long number, @RequestBody Lately lately) {
        SignIn who = CurrentSignIn.require();
        refusals.onRecord(who.person(), null, () -> {
            if (!who.groups().contains("process-owners")) {
                throw Refusal.of(
                        Refusal.Kind.FORBIDDEN,
                        "not-for-you",
                        "Other rules are tried on past requests by process owners.");
            }
        });
        Integer days = lately.days();
        if (days == null || days < 1 || days > MOST_DAYS) {
            throw Refusal.ofField(
                    Refusal.Kind.INVALID,
                    "days",
                    "invalid-days",
                    "Say over how many days, from 1 to " + MOST_DAYS + ", such as 30.");
        }
        if (!runs.compareAndSet(false, true)) {
            throw Refusal.of(
                    Refusal.Kind.CONFLICT, "replay-runs", "Another replay is running. Try again in a few seconds.");
        }
        try {
            return replay.of(candidate(number)).overTheLast(Duration.ofDays(days));
        } finally {
            runs.set(false);
        }
    }

    private RuleSet candidate(long number) {
        try {
            return rules.find(number)
                    .orElseThrow(() -> Refusal.of(
                            Refusal.Kind.NOT_FOUND, "no-such-publication", "There is no publication " + number + "."));
        } catch (RulesException wrong) {
            throw Refusal.of(Refusal.Kind.UNPROCESSABLE, "invalid-publication", String.valueOf(wrong.getMessage()));
        }
    }
}
