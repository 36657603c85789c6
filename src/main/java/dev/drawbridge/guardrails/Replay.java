package dev.drawbridge.guardrails;

import dev.drawbridge.guardrails.ReplayedJudgement.Row;
import dev.drawbridge.guardrails.Vocabulary.Fact;
import dev.drawbridge.publication.Publication;
import dev.drawbridge.publication.PublicationInForce;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What other rules would have said to what was judged lately, from the facts as they were seen then. */
@Component
class Replay {
    /** What is held in memory meanwhile has to end somewhere. */
    private static final int MOST = 500_000;

    private static final int AT_A_TIME = 1_000;

    private static final Set<Fact> UNSTEADY = Set.of(Fact.HISTORY, Fact.HELD, Fact.HOLDINGS, Fact.HELD_BY_OTHERS);

    private final JdbcClient jdbc;
    private final TransactionTemplate reading;
    private final RulesByNumber rules;
    private final PublicationInForce inForce;
    private final Clock clock;

    Replay(
            DataSource database,
            PlatformTransactionManager transactions,
            RulesByNumber rules,
            PublicationInForce inForce,
            Clock clock) {
        JdbcTemplate some = new JdbcTemplate(database);
        some.setFetchSize(AT_A_TIME);
        this.jdbc = JdbcClient.create(some);
        this.reading = new TransactionTemplate(transactions);
        this.reading.setReadOnly(true);
        this.rules = rules;
        this.inForce = inForce;
        this.clock = clock;
    }

    /** The candidate, which need not be published. */
    Of of(RuleSet candidate) {
        return new Of(candidate);
    }

    /** What a candidate is tried on. */
    final class Of {
        private final RuleSet candidate;

        private Of(RuleSet candidate) {
            this.candidate = candidate;
        }

        /** Looks at all judgements of this time, the latest first. */
        ReplayReport overTheLast(Duration time) {
            Instant until = clock.instant();
            Instant since = until.minus(time);
            try (Replaying replaying = new Replaying(candidate, unsteady(candidate))) {
                // By a cursor, which lives in a transaction: they are never in memory all at once.
                reading.executeWithoutResult(status -> read(since, replaying));
                ReplayTally tally = replaying.finish();
                return tally.report(since, until, tally.judgements() < MOST);
            }
        }
    }

    /** The ids of rules that speak of what had been given before, or was held: of a candidate, or of what is in force now. */
    Set<String> unsteady(RuleSet candidate) {
        Set<String> ids = new HashSet<>(candidate.rulebook().speakingOf(UNSTEADY));
        inForce.now()
                .map(Publication::number)
                .flatMap(rules::find)
                .ifPresent(now -> ids.addAll(now.rulebook().speakingOf(UNSTEADY)));
        return ids;
    }

    private void read(Instant since, Replaying replaying) {
        RowCallbackHandler each = row -> replaying.take(row(row));
        jdbc.sql("""
                        select j.request_id, j.occasion, j.judged_at, j.facts,
                               coalesce(j.findings,
                                        (select v.findings from verdict v where v.request_id = j.request_id)) as findings
                        from judgement j
                        where j.judged_at >= :since order by j.judged_at desc limit :most
                        """)
                .param("since", since.atOffset(ZoneOffset.UTC))
                .param("most", MOST)
                .query(each);
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                Objects.requireNonNull(row.getObject("request_id", UUID.class)),
                Occasion.valueOf(row.getString("occasion")),
                row.getObject("judged_at", OffsetDateTime.class).toInstant(),
                row.getString("findings"),
                row.getString("facts"));
    }
}
