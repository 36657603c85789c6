package dev.drawbridge.directory;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
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
    private final JdbcClient jdbc;

    EngineDirectory(@Lazy JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<Person> all(Collection<String> ids) {
        List<String> askable = ids.stream().filter(EngineDirectory::isAskable).toList();
        return askable.isEmpty()
                ? List.of()
                : jdbc.sql("""
                        select u.id_, u.first_, u.last_, u.email_,
                               array(select m.group_id_ from act_id_membership m where m.user_id_ = u.id_) as groups,
                               (select min(i.value_) from act_id_info i
                                where i.user_id_ = u.id_ and i.key_ = 'manager') as manager
                        from act_id_user u where u.id_ in (:ids) order by u.id_
                        """)
                        .param("ids", askable)
                        .query(EngineDirectory::person)
                        .list();
    }

    /** The database refuses a question that holds a NUL; no account's id does. */
    private static boolean isAskable(String id) {
        return id.indexOf('\0') < 0;
    }

    @Override
    public Map<String, String> namesOfGroups(Collection<String> ids) {
        Map<String, String> names = ids.stream()
                .filter(EngineDirectory::isAskable)
                .distinct()
                .collect(Collectors.toMap(Function.identity(), Function.identity()));
        if (!names.isEmpty()) {
            jdbc.sql("select id_, name_ from act_id_group where id_ in (:ids) and name_ ~ '\\S'")
                    .param("ids", List.copyOf(names.keySet()))
                    .query(row -> {
                        names.put(row.getString("id_"), row.getString("name_"));
                    });
        }
        return names;
    }

    @Override
    public Set<String> membersOf(Collection<String> groups) {
        return known(groups, Set.of(), Set.of()).members(groups);
    }

    @Override
    public boolean leadsSomebody(String person) {
        return jdbc.sql("select exists (select 1 from act_id_info where key_ = 'manager' and value_ = :person)")
                .param("person", person)
                .query(Boolean.class)
                .single();
    }

    @Override
    public Known known(Collection<String> groups, Collection<String> people, Collection<String> led) {
        Map<String, Set<String>> members = new HashMap<>();
        Set<String> accounts = new TreeSet<>();
        Map<String, String> managers = new HashMap<>();
        jdbc.sql("""
                        select 'member' as what, group_id_ as of_whom, user_id_ as id
                        from act_id_membership where group_id_ = any(string_to_array(:groups, chr(10)))
                        union all
                        select 'account', id_, id_ from act_id_user where id_ = any(string_to_array(:people, chr(10)))
                        union all
                        select 'manager', i.user_id_, i.value_ from act_id_info i
                        where i.key_ = 'manager' and i.user_id_ = any(string_to_array(:led, chr(10)))
                        union all
                        select 'account', u.id_, u.id_ from act_id_info i join act_id_user u on u.id_ = i.value_
                        where i.key_ = 'manager' and i.user_id_ = any(string_to_array(:led, chr(10)))
                        """)
                .param("groups", lines(groups))
                .param("people", lines(people))
                .param("led", lines(led))
                .query(row -> {
                    String id = row.getString("id");
                    String whom = row.getString("of_whom");
                    switch (row.getString("what")) {
                        case "member" ->
                            members.computeIfAbsent(whom, group -> new TreeSet<>())
                                    .add(id);
                        case "manager" -> managers.put(whom, id);
                        default -> accounts.add(id);
                    }
                });
        return new Known(members, accounts, managers);
    }

    private static String lines(Collection<String> texts) {
        return texts.stream().filter(EngineDirectory::isAskable).collect(Collectors.joining("\n"));
    }

    private static Person person(ResultSet row, int number) throws SQLException {
        String id = row.getString("id_");
        return new Person(
                id,
                name(id, row.getString("first_"), row.getString("last_")),
                Arrays.stream((String[]) row.getArray("groups").getArray()).collect(Collectors.toUnmodifiableSet()),
                Optional.ofNullable(row.getString("manager")),
                Optional.ofNullable(row.getString("email_")).filter(address -> !address.isBlank()));
    }

    private static String name(String id, @Nullable String first, @Nullable String last) {
        String name = Stream.of(Optional.ofNullable(first), Optional.ofNullable(last))
                .flatMap(Optional::stream)
                .filter(part -> !part.isBlank())
                .collect(Collectors.joining(" "))
                .strip();
        return name.isEmpty() ? id : name;
    }
}
