package dev.drawbridge.guardrails;

import dev.drawbridge.catalog.RulesException;
import dev.drawbridge.platform.Refusal;
import dev.drawbridge.platform.Refusals;
import dev.drawbridge.platform.SignIn;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.stereotype.Component;

/** What a publication would have said to what was judged, for those who own the rules: by REST and on pages. */
@Component
public class Replays {
    private static final int MOST_DAYS = 366;
    private static final int SHOWN = 500;

    private final RulesByNumber rules;
    private final Replay replay;
    private final ShadowDifferences differences;
    private final Refusals refusals;
    /** One at a time takes what this node has to spare. */
    private final AtomicBoolean runs = new AtomicBoolean();

    Replays(RulesByNumber rules, Replay replay, ShadowDifferences differences, Refusals refusals) {
        this.rules = rules;
        this.replay = replay;
        this.differences = differences;
        this.refusals = refusals;
    }

    /** To the judgements of the last days, at least one; refuses while another replay runs. */
    public ReplayReport overTheLast(SignIn who, long number, int days) {
        requireOwner(who);
        if (days < 1 || days > MOST_DAYS) {
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

    /** What it would have said otherwise while it judged in the shadow, the latest first. */
    public List<ShadowDifference> inTheShadow(SignIn who, long number) {
        requireOwner(who);
        return differences.of(number, SHOWN);
    }

    private void requireOwner(SignIn who) {
        refusals.onRecord(who.person(), null, () -> {
            if (!who.groups().contains("process-owners")) {
                throw Refusal.of(
                        Refusal.Kind.FORBIDDEN,
                        "not-for-you",
                        "Other rules are tried on past requests by process owners.");
            }
        });
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
