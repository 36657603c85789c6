package dev.drawbridge.directory;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The people that the engine's accounts know, asked of its tables: the engine itself would ask once for each. */
@Repository
class EngineDirectory implements Directory {
    /** Of a membership {@code m}: its end has not come by {@code :now}, whether it was cleared away already or not. */
    static final String LASTS = """
             not exists (select 1 from membership_end e
                         where e.person = m.user_id_ and e.group_id = m.group_id_ and e.ends_at <= :now)
            """;

    /**
     * Who is behind whom, in order, and whether they are there still: as it was recorded, else as the versions before wrote it.
     * {@code told}: the same, with nobody in place of who is gone, and for all that somebody whose record was made has not. To be
     * put before a statement.
     */
    static final String RELATED = """
            related as not materialized (
                select r.person, r.relation, r.place, r.other,
                       exists (select 1 from account a
                               where a.id = r.other and a.generation = r.generation and a.left_at is null) as there
                from person_relation r
                union all
                select i.user_id_, 'MANAGER', 1, i.value_,
                       exists (select 1 from account a where a.id = i.value_ and a.left_at is null)
                       and not exists (select 1 from manager_gone g where g.person = i.user_id_ and g.other = i.value_)
                from act_id_info i join account led on led.id = i.user_id_ and led.recorded_at is null
                where i.key_ = 'manager'),
            told as not materialized (
                select person, relation, place, case when there then other else '' end as other from related
                union all
                select a.id, each.relation, 0, '' from account a
                cross join (values ('MANAGER'), ('SPONSOR'), ('MENTOR')) as each (relation)
                where a.recorded_at is not null)
            """;

    /** The columns of a person {@code u}; {@code related}: what somebody is, and who, in order, nobody where they have left. */
    static final String PERSON = """
            u.id_, u.first_, u.last_, u.email_,
            array(select m.group_id_ from act_id_membership m
                  where m.user_id_ = u.id_ and""" + LASTS + """
                    and not exists (select 1 from account a where a.id = u.id_ and a.left_at is not null)) as groups,
            array(select l.relation || ' ' || l.other
                  from told l where l.person = u.id_ order by l.relation, l.place, l.other) as related
            """;

    final JdbcClient jdbc;
    final Roles roles;
    private final Clock clock;

    EngineDirectory(@Lazy JdbcClient jdbc, Roles roles, Clock clock) {
        this.jdbc = jdbc;
        this.roles = roles;
        this.clock = clock;
    }

    OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    @Override
    public List<Person> all(Collection<String> ids) {
        return ids.isEmpty()
                ? List.of()
                : jdbc.sql("with " + RELATED + "select " + PERSON
                                + " from act_id_user u where u.id_ = any(:ids) order by u.id_")
                        .param("ids", askable(ids))
                        .param("now", now())
                        .query(this::person)
                        .list();
    }

    @Override
    public Belonging belonging(String person) {
        return jdbc.sql("with " + RELATED + """
                        select employment,
                               exists (select 1 from told l where l.person = a.id and l.relation = 'MANAGER' and l.other <> '')
                                   as with_manager,
                               exists (select 1 from told l where l.person = a.id and l.relation = 'SPONSOR' and l.other <> '')
                                   as with_sponsor
                        from account a where a.id = :person and a.left_at is null
                        """)
                .param("person", person)
                .query((row, number) -> new Belonging(
                        Optional.ofNullable(row.getString("employment"))
                                .map(Employment::valueOf)
                                .orElse(null),
                        row.getBoolean("with_manager"),
                        row.getBoolean("with_sponsor")))
                .optional()
                .orElse(Belonging.UNKNOWN);
    }

    @Override
    public Map<String, Account> accounts(Collection<String> ids) {
        return jdbc
                .sql("""
                        select id, generation,
                               array(select m.group_id_ from act_id_membership m where m.user_id_ = id and""" + LASTS + """
                               ) as groups
                        from account where id = any(:ids) and left_at is null
                        """)
                .param("ids", askable(ids))
                .param("now", now())
                .query(this::readAccount)
                .list()
                .stream()
                .collect(Collectors.toMap(Account::id, Function.identity()));
    }

    /** The database refuses a question that holds a NUL; no account's id does. */
    static String[] askable(Collection<String> ids) {
        return ids.stream().filter(id -> id.indexOf('\0') < 0).toArray(String[]::new);
    }

    @Override
    public Map<String, String> namesOfGroups(Collection<String> ids) {
        Map<String, String> names =
                ids.stream().distinct().collect(Collectors.toMap(Function.identity(), Function.identity()));
        if (!names.isEmpty()) {
            jdbc.sql("select id_, name_ from act_id_group where id_ = any(:ids) and name_ ~ '\\S'")
                    .param("ids", askable(ids))
                    .query(row -> {
                        names.put(row.getString("id_"), row.getString("name_"));
                    });
        }
        return names;
    }

    @Override
    public Set<Relation> relationsOf(String person) {
        return jdbc.sql("with " + RELATED
                        + "select distinct relation from related where other = any(:person) and there")
                .param("person", askable(Set.of(person)))
                .query((row, number) -> Relation.valueOf(row.getString("relation")))
                .set();
    }

    @Override
    public Set<String> thoseWhoName(String person) {
        return jdbc.sql("with " + RELATED + "select distinct person from related where other = any(:person)")
                .param("person", askable(Set.of(person)))
                .query(String.class)
                .set();
    }

    @Override
    public Known known(Collection<String> groups, Collection<String> people, Collection<String> led) {
        Map<String, Set<String>> behind = new HashMap<>();
        groups.forEach(group -> roles.behind(group)
                .forEach(one ->
                        behind.computeIfAbsent(one, none -> new TreeSet<>()).add(group)));
        Map<String, Set<String>> members = new HashMap<>();
        Set<String> accounts = new TreeSet<>();
        Map<String, Map<Relation, List<String>>> related = new HashMap<>();
        jdbc.sql("with " + RELATED + """
                        select 'member' as what, m.group_id_ as of_whom, m.user_id_ as id, null as relation, 0 as place
                        from act_id_membership m
                        where m.group_id_ = any(:groups)
                          and not exists (select 1 from account a where a.id = m.user_id_ and a.left_at is not null)
                          and""" + LASTS + """
                        union all
                        select 'account', id, id, null, 0 from account where id = any(:people) and left_at is null
                        union all
                        select 'related', person, other, relation, place
                        from told where person = any(:led)
                        order by place, id
                        """)
                .param("groups", askable(behind.keySet()))
                .param("people", askable(people))
                .param("led", askable(led))
                .param("now", now())
                .query(row -> {
                    String id = row.getString("id");
                    String whom = row.getString("of_whom");
                    switch (row.getString("what")) {
                        case "member" ->
                            behind.getOrDefault(whom, Set.of())
                                    .forEach(group -> members.computeIfAbsent(group, none -> new TreeSet<>())
                                            .add(id));
                        case "related" -> {
                            add(
                                    related.computeIfAbsent(whom, none -> new EnumMap<>(Relation.class)),
                                    row.getString("relation"),
                                    id);
                            if (!id.isEmpty()) {
                                accounts.add(id);
                            }
                        }
                        default -> accounts.add(id);
                    }
                });
        return new Known(members, accounts, related);
    }

    /** {@code id}: empty where that one has left. */
    private static void add(Map<Relation, List<String>> related, String relation, String id) {
        List<String> those = related.computeIfAbsent(Relation.valueOf(relation), none -> new ArrayList<>());
        if (!id.isEmpty()) {
            those.add(id);
        }
    }

    private Account readAccount(ResultSet row, int number) throws SQLException {
        return new Account(row.getString("id"), row.getObject("generation", UUID.class), groups(row));
    }

    private Set<String> groups(ResultSet row) throws SQLException {
        return roles.within(List.of((String[]) row.getArray("groups").getArray()));
    }

    Person person(ResultSet row, int number) throws SQLException {
        String id = row.getString("id_");
        return new Person(
                id,
                name(id, row.getString("first_"), row.getString("last_")),
                groups(row),
                related(row),
                Optional.ofNullable(row.getString("email_")).filter(address -> !address.isBlank()));
    }

    private static Map<Relation, List<String>> related(ResultSet row) throws SQLException {
        Map<Relation, List<String>> related = new EnumMap<>(Relation.class);
        for (String one : (String[]) row.getArray("related").getArray()) {
            // No id holds a blank.
            int blank = one.indexOf(' ');
            add(related, one.substring(0, blank), one.substring(blank + 1));
        }
        return related;
    }

    static String name(String id, @Nullable String first, @Nullable String last) {
        String name = Stream.of(Optional.ofNullable(first), Optional.ofNullable(last))
                .flatMap(Optional::stream)
                .filter(part -> !part.isBlank())
                .collect(Collectors.joining(" "))
                .strip();
        return name.isEmpty() ? id : name;
    }
}
