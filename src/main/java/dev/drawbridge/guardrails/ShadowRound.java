package dev.drawbridge.guardrails;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.drawbridge.catalog.RulesException;
import dev.drawbridge.platform.Cluster;
import dev.drawbridge.publication.Stage;
import dev.drawbridge.publication.Step;
import dev.drawbridge.publication.Trials;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Asks rules in the shadow what they would have said to each judgement, shortly after it was made, from the facts that were seen then:
 * no request waits for it, and none can fail because of it.
 */
@Component
class ShadowRound {
    private static final Logger log = LoggerFactory.getLogger(ShadowRound.class);
    private static final int AT_A_TIME = 2_000;

    /** Judgements do not come to be seen in the order in which they were made. */
    private static final Duration LATE = Duration.ofMinutes(1);

    private final Cluster cluster;
    private final Trials trials;
    private final RulesByNumber rules;
    private final Replay replay;
    private final ShadowDifferences differences;
    /** How far this node has got; another begins anew, and puts nothing on record twice. */
    private Progress progress = new Progress(0, Instant.MIN, new HashSet<>());

    ShadowRound(Cluster cluster, Trials trials, RulesByNumber rules, Replay replay, ShadowDifferences differences) {
        this.cluster = cluster;
        this.trials = trials;
        this.rules = rules;
        this.replay = replay;
        this.differences = differences;
    }

    /**
     * How far one shadow has been looked at.
     *
     * @param step that it began
     * @param until the latest judgement that was looked at
     * @param lately the judgements around it that were
     */
    private record Progress(long step, Instant until, Set<Long> lately) {}

    @Scheduled(
            fixedDelayString = "${drawbridge.publication.trial-every:PT2S}",
            initialDelayString = "${drawbridge.publication.trial-every:PT2S}")
    void look() {
        trials.now()
                .filter(step -> step.stage() == Stage.SHADOW)
                .ifPresent(step -> cluster.onceAtATime("shadow", () -> compare(step)));
    }

    private synchronized void compare(Step step) {
        if (progress.step() != step.id()) {
            progress = new Progress(step.id(), step.at(), new HashSet<>());
        }
        Optional<RuleSet> candidate = read(step);
        if (candidate.isEmpty()) {
            return;
        }
        Set<String> unsteady = replay.unsteady(candidate.get());
        Instant from = progress.until().minus(LATE);
        List<ShadowDifferences.Judged> some =
                differences.judged(from.isBefore(step.at()) ? step.at() : from, progress.lately(), AT_A_TIME);
        Instant until = progress.until();
        for (ShadowDifferences.Judged judged : some) {
            compare(step.number(), judged, candidate.get(), unsteady);
            progress.lately().add(judged.id());
            until = judged.row().at().isAfter(until) ? judged.row().at() : until;
        }
        progress = new Progress(step.id(), until, differences.stillLate(progress.lately(), until.minus(LATE)));
    }

    private Optional<RuleSet> read(Step step) {
        try {
            return rules.find(step.number());
        } catch (RulesException unreadable) {
            log.warn("Publication {} cannot judge in the shadow here: {}", step.number(), unreadable.getMessage());
            return Optional.empty();
        }
    }

    private void compare(long number, ShadowDifferences.Judged judged, RuleSet candidate, Set<String> unsteady) {
        try {
            ReplayedJudgement replayed = ReplayedJudgement.of(judged.row(), candidate, unsteady);
            if (replayed.changed() != null) {
                differences.add(number, judged, replayed.isCertain(), replayed.changed());
            }
        } catch (JsonProcessingException ofAnotherRelease) {
            log.warn(
                    "A judgement of request {} cannot be read here",
                    judged.row().request());
        }
    }
}
