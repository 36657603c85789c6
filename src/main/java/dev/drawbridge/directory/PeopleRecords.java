package dev.drawbridge.directory;

import dev.drawbridge.directory.PersonRecord.Membership;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What is recorded of people, read and written as it stands; who may, and what fits, is asked before. */
@Repository
class PeopleRecords {
    private static final String SELECT = "with " + EngineDirectory.RELATED + """
            select u.id_, u.first_, u.last_, a.generation, a.employment, a.left_at,
                   array(select l.relation || ' ' || l.other || ' ' || l.there from related l
                         where l.person = u.id_ order by l.relation, l.place, l.other) as related,
                   array(select m.group_id_ from act_id_membership m where m.user_id_ = u.id_ order by m.group_id_) as groups,
                   array(select coalesce(g.name_, '') from act_id_membership m join act_id_group g on g.id_ = m.group_id_
                         where m.user_id_ = u.id_ order by m.group_id_) as names,
                   array(select coalesce(to_char(e.ends_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), '') from act_id_membership m
                         left join membership_end e on e.person = m.user_id_ and e.group_id = m.group_id_
                         where m.user_id_ = u.id_ order by m.group_id_) as ends
            from act_id_user u join account a on a.id = u.id_
            """;

    private final JdbcClient jdbc;
    private final Clock clock;

    PeopleRecords(@Lazy JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    Optional<PersonRecord> find(String id) {
        return jdbc.sql(SELECT + "where u.id_ = any(:ids)")
                .param("ids", EngineDirectory.askable(Set.of(id)))
                .query(PeopleRecords::read)
                .optional();
    }

    /** Those after an id whose id or name holds this text, in the order of their ids. */
    List<PersonRecord> list(String text, String after, int most) {
        return jdbc.sql(SELECT + """
                        where u.id_ > :after
                          and (position(lower(:text) in lower(u.id_)) > 0
                               or position(lower(:text) in lower(concat_ws(' ', u.first_, u.last_))) > 0)
                        order by u.id_ limit :most
                        """)
                .param("text", text.replace("\0", ""))
                .param("after", after.replace("\0", ""))
                .param("most", most)
                .query(PeopleRecords::read)
                .list();
    }

    /** Whoever changes people waits for who does already: what is read from here on stays until the end of the transaction. */
    void lock() {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended('drawbridge: people', 0))")
                .query((row, number) -> true)
                .list();
    }

    /** Those of these groups that there are. */
    Set<String> groups(Collection<String> ids) {
        return jdbc.sql("select id_ from act_id_group where id_ = any(:ids)")
                .param("ids", EngineDirectory.askable(ids))
                .query(String.class)
                .set();
    }

    /** All groups, by name. */
    List<Membership> allGroups() {
        return jdbc.sql("select id_, coalesce(nullif(trim(name_), ''), id_) as name from act_id_group order by 2, 1")
                .query((row, number) -> new Membership(row.getString("id_"), row.getString("name"), null))
                .list();
    }

    /** The first of these whom this person leads, over however many others. */
    Optional<String> ledBy(String person, Collection<String> managers) {
        return jdbc.sql("with recursive " + EngineDirectory.RELATED + """
                        , above as (
                            select m as start, m as who from unnest(:managers) m
                            union
                            select above.start, r.other from above join related r on r.person = above.who
                            where r.relation = 'MANAGER')
                        select start from above where who = :person limit 1
                        """)
                .param("managers", EngineDirectory.askable(managers))
                .param("person", person)
                .query(String.class)
                .optional();
    }

    /** Writes all of it but the name. */
    void write(PersonRecord wanted) {
        OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
        jdbc.sql("""
                        update account set recorded_at = :now, employment = :employment,
                            left_at = case when :left then coalesce(left_at, :now) end
                        where id = :id
                        """)
                .param("now", now)
                .param(
                        "employment",
                        wanted.employment() == null ? null : wanted.employment().name())
                .param("left", wanted.left())
                .param("id", wanted.id())
                .update();
        jdbc.sql("delete from person_relation where person = :id")
                .param("id", wanted.id())
                .update();
        relate(wanted.id(), Relation.MANAGER, wanted.managers());
        relate(
                wanted.id(),
                Relation.SPONSOR,
                Stream.ofNullable(wanted.sponsor()).toList());
        relate(wanted.id(), Relation.MENTOR, Stream.ofNullable(wanted.mentor()).toList());
    }

    private void relate(String person, Relation relation, List<String> others) {
        jdbc.sql("""
                        insert into person_relation (person, relation, place, other, generation)
                        select :person, :relation, named.place, a.id, a.generation
                        from unnest(:others) with ordinality as named (id, place) join account a on a.id = named.id
                        """)
                .param("person", person)
                .param("relation", relation.name())
                .param("others", others.toArray(String[]::new))
                .update();
    }

    void join(String person, String group) {
        jdbc.sql("insert into act_id_membership (user_id_, group_id_) values (:person, :group) on conflict do nothing")
                .param("person", person)
                .param("group", group)
                .update();
    }

    void leave(String person, String group) {
        jdbc.sql("delete from act_id_membership where user_id_ = :person and group_id_ = :group")
                .param("person", person)
                .param("group", group)
                .update();
    }

    void end(String person, Membership membership) {
        jdbc.sql("delete from membership_end where person = :person and group_id = :group")
                .param("person", person)
                .param("group", membership.group())
                .update();
        if (membership.until() != null) {
            jdbc.sql("insert into membership_end (person, group_id, ends_at) values (:person, :group, :until)")
                    .param("person", person)
                    .param("group", membership.group())
                    .param("until", membership.until().atOffset(ZoneOffset.UTC))
                    .update();
        }
    }

    private static PersonRecord read(ResultSet row, int number) throws SQLException {
        String id = row.getString("id_");
        Map<Relation, List<String>> related = new LinkedHashMap<>();
        List<String> gone = new ArrayList<>();
        for (String one : texts(row, "related")) {
            // No id holds a blank.
            String[] parts = one.split(" ");
            related.computeIfAbsent(Relation.valueOf(parts[0]), none -> new ArrayList<>())
                    .add(parts[1]);
            if (!parts[2].startsWith("t")) {
                gone.add(parts[1]);
            }
        }
        return new PersonRecord(
                id,
                EngineDirectory.name(id, row.getString("first_"), row.getString("last_")),
                Optional.ofNullable(row.getString("employment"))
                        .map(Employment::valueOf)
                        .orElse(null),
                related.getOrDefault(Relation.MANAGER, List.of()),
                only(related, Relation.SPONSOR),
                only(related, Relation.MENTOR),
                memberships(row),
                row.getObject("left_at") != null,
                gone.stream().distinct().toList(),
                row.getString("generation"));
    }

    private static @Nullable String only(Map<Relation, List<String>> related, Relation relation) {
        return related.getOrDefault(relation, List.of()).stream().findFirst().orElse(null);
    }

    private static List<Membership> memberships(ResultSet row) throws SQLException {
        List<String> groups = texts(row, "groups");
        List<String> names = texts(row, "names");
        List<String> ends = texts(row, "ends");
        List<Membership> memberships = new ArrayList<>();
        for (int place = 0; place < groups.size(); place++) {
            String group = groups.get(place);
            memberships.add(new Membership(
                    group,
                    names.get(place).isBlank() ? group : names.get(place),
                    ends.get(place).isEmpty() ? null : Instant.parse(ends.get(place))));
        }
        return memberships;
    }

    private static List<String> texts(ResultSet row, String column) throws SQLException {
        return List.of((String[]) row.getArray(column).getArray());
    }

    /** Those of these who have an account and have not left, by id. */
    Map<String, PersonRecord> there(Collection<String> ids) {
        return jdbc
                .sql(SELECT + "where u.id_ = any(:ids) and a.left_at is null")
                .param("ids", EngineDirectory.askable(ids))
                .query(PeopleRecords::read)
                .list()
                .stream()
                .collect(Collectors.toMap(PersonRecord::id, Function.identity()));
    }
}
