package dev.drawbridge.publication;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** How far each publication has got, on record. */
@Repository
class PublicationSteps {
    private static final String SELECT =
            "select id, number, stage, base, groups, percent, refused, failed, timed_out, after, actor, note, at from publication_step ";

    private final JdbcClient jdbc;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    PublicationSteps(JdbcClient jdbc, ApplicationEventPublisher events, Clock clock) {
        this.jdbc = jdbc;
        this.events = events;
        this.clock = clock;
    }

    /** What judges beside the one in force; none where nothing does. */
    Optional<Step> trial() {
        return last(Stage.SHADOW, Stage.CANARY);
    }

    /** What has been agreed to and is not in force yet; none where nothing is. */
    Optional<Step> agreed() {
        return last(Stage.AGREED);
    }

    /** The latest that is where a publication is now, beside the one in force. */
    private Optional<Step> last(Stage... stages) {
        return jdbc.sql(SELECT + """
                        where id in (select max(id) from publication_step group by number) and stage = any(:stages)
                          and base = (select max(number) from publication_step where stage = 'LIVE')
                        order by id desc limit 1
                        """)
                .param("stages", Stream.of(stages).map(Stage::name).toArray(String[]::new))
                .query(PublicationSteps::read)
                .optional();
    }

    /** Of all publications from one number to another, in their order. */
    List<Step> of(long from, long to) {
        return jdbc.sql(SELECT + "where number between :from and :to order by id")
                .param("from", from)
                .param("to", to)
                .query(PublicationSteps::read)
                .list();
    }

    /** Of those that came into force before this one, the latest. */
    Optional<Long> liveBefore(long number) {
        return jdbc.sql("select max(number) from publication_step where stage = 'LIVE' and number < :number")
                .param("number", number)
                .query((row, position) -> Optional.ofNullable(row.getObject(1, Long.class)))
                .single();
    }

    /** That it is in force from now on. */
    void live(Publication made, @Nullable Long base, String actor, String note) {
        jdbc.sql("""
                        insert into publication_step (number, stage, base, definition, actor, note, at)
                        values (:number, 'LIVE', :base, :definition, :actor, :note, :at)
                        """)
                .param("number", made.number())
                .param("base", base)
                .param("definition", made.definition())
                .param("actor", actor)
                .param("note", note)
                .param("at", now())
                .update();
    }

    /** That it is proposed, or on trial. */
    Step add(
            Publication publication,
            Stage stage,
            @Nullable Long base,
            Cohort cohort,
            @Nullable BackWhen backWhen,
            String actor,
            String note) {
        Step added = jdbc.sql("""
                        insert into publication_step
                            (number, stage, base, groups, percent, refused, failed, timed_out, after, actor, note, at)
                        values (:number, :stage, :base, :groups, :percent, :refused, :failed, :timedOut, :after, :actor, :note, :at)
                        returning id, number, stage, base, groups, percent, refused, failed, timed_out, after, actor, note, at
                        """)
                .param("number", publication.number())
                .param("stage", stage.name())
                .param("base", base)
                .param("groups", cohort.groups().toArray(String[]::new))
                .param("percent", cohort.percent())
                .param("refused", backWhen == null ? null : backWhen.refused())
                .param("failed", backWhen == null ? null : backWhen.failed())
                .param("timedOut", backWhen == null ? null : backWhen.timedOut())
                .param("after", backWhen == null ? null : backWhen.after())
                .param("actor", actor)
                .param("note", note)
                .param("at", now())
                .query(PublicationSteps::read)
                .single();
        events.publishEvent(new Staged(publication, added));
        return added;
    }

    private OffsetDateTime now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS).atOffset(ZoneOffset.UTC);
    }

    private static Step read(ResultSet row, int number) throws SQLException {
        return new Step(
                row.getLong("id"),
                row.getLong("number"),
                Stage.valueOf(row.getString("stage")),
                row.getObject("base", Long.class),
                new Cohort(
                        Set.of((String[])
                                Objects.requireNonNull(row.getArray("groups")).getArray()),
                        row.getInt("percent")),
                row.getObject("refused") == null
                        ? null
                        : new BackWhen(
                                row.getInt("refused"),
                                row.getInt("failed"),
                                row.getInt("timed_out"),
                                row.getInt("after")),
                row.getString("actor"),
                row.getString("note"),
                row.getObject("at", OffsetDateTime.class).toInstant());
    }
}
