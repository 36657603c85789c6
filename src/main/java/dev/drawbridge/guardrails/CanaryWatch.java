package dev.drawbridge.guardrails;

import dev.drawbridge.platform.Cluster;
import dev.drawbridge.publication.BackWhen;
import dev.drawbridge.publication.Stage;
import dev.drawbridge.publication.Step;
import dev.drawbridge.publication.Trials;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Ends a trial on some people where their requests fare much worse than those of the others: by how much, its owner has said. */
@Component
class CanaryWatch {
    private final Cluster cluster;
    private final Trials trials;
    private final JdbcClient jdbc;

    CanaryWatch(Cluster cluster, Trials trials, JdbcClient jdbc) {
        this.cluster = cluster;
        this.trials = trials;
        this.jdbc = jdbc;
    }

    /** How requests fared that were judged since the trial began. */
    private record Fared(int all, int refused, int failed, int timedOut) {
        static final Fared NONE = new Fared(0, 0, 0, 0);

        /** By how many percentage points the one share is more than the other. */
        private static double more(int some, int all, int others, int allOthers) {
            return share(some, all) - share(others, allOthers);
        }

        private static double share(int some, int all) {
            return all == 0 ? 0 : 100.0 * some / all;
        }
    }

    @Scheduled(
            fixedDelayString = "${drawbridge.publication.trial-every:PT2S}",
            initialDelayString = "${drawbridge.publication.trial-every:PT2S}")
    void look() {
        trials.now()
                .filter(step -> step.stage() == Stage.CANARY)
                .ifPresent(step -> cluster.onceAtATime("canary", () -> look(step)));
    }

    private void look(Step step) {
        Map<Boolean, Fared> fared = fared(step);
        Fared theirs = fared.getOrDefault(true, Fared.NONE);
        Fared others = fared.getOrDefault(false, Fared.NONE);
        BackWhen limits = Objects.requireNonNull(step.backWhen(), "A trial on some people has limits.");
        if (theirs.all() < limits.after()) {
            return;
        }
        tooMany("were refused", theirs.refused(), others.refused(), theirs, others, limits.refused())
                .or(() -> tooMany("failed", theirs.failed(), others.failed(), theirs, others, limits.failed()))
                .or(() -> tooMany(
                        "were answered by nobody in time",
                        theirs.timedOut(),
                        others.timedOut(),
                        theirs,
                        others,
                        limits.timedOut()))
                .ifPresent(why -> trials.end(step.number(), "system", why));
    }

    private static Optional<String> tooMany(
            String what, int some, int othersSome, Fared theirs, Fared others, int limit) {
        return Fared.more(some, theirs.all(), othersSome, others.all()) <= limit
                ? Optional.empty()
                : Optional.of("It went back by itself: of " + theirs.all() + " requests " + some + " " + what
                        + ", and of the "
                        + others.all() + " of the others " + othersSome + "; " + limit
                        + " percentage points more was the limit.");
    }

    private Map<Boolean, Fared> fared(Step step) {
        Map<Boolean, Fared> fared = new HashMap<>();
        jdbc.sql("""
                        select j.publication = :number as tried, count(*) as all_of_them,
                               count(*) filter (where v.outcome = 'DENIED') as refused,
                               count(*) filter (where v.findings @> '[{"effect": "FAILED"}]' or e.outcome = 'FAILED') as failed,
                               count(*) filter (where e.outcome = 'TIMED_OUT') as timed_out
                        from judgement j
                        join verdict v on v.request_id = j.request_id
                        left join request_end e on e.request_id = j.request_id
                        where j.occasion = 'SUBMISSION' and j.judged_at >= :since and j.publication in (:number, :base)
                        group by 1
                        """)
                .param("number", step.number())
                .param("base", step.base())
                .param("since", step.at().atOffset(ZoneOffset.UTC))
                .query(row -> {
                    fared.put(row.getBoolean("tried"), fared(row));
                });
        return fared;
    }

    private static Fared fared(ResultSet row) throws SQLException {
        return new Fared(
                row.getInt("all_of_them"), row.getInt("refused"), row.getInt("failed"), row.getInt("timed_out"));
    }
}
