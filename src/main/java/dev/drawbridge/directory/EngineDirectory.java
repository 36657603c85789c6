package dev.drawbridge.directory;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
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
    final JdbcClient jdbc;
    final Roles roles;

    EngineDirectory(@Lazy JdbcClient jdbc, Roles roles) {
        this.jdbc = jdbc;
        this.roles = roles;
    }

    @Override
    public List<Person> all(Collection<String> ids) {
        return ids.isEmpty()
                ? List.of()
                : jdbc.sql("""
                        select u.id_, u.first_, u.last_, u.email_,
                               array(select m.group_id_ from act_id_membership m where m.user_id_ = u.id_) as groups,
                               (select min(i.value_) from act_id_info i
                                where i.user_id_ = u.id_ and i.key_ = 'manager') as manager
                        from act_id_user u where u.id_ = any(:ids) order by u.id_
                        """).param("ids", askable(ids)).query(this::person).list();
    }

    @Override
    public Map<String, Account> accounts(Collection<String> ids) {
        return jdbc.sql("""
                        select id, generation, array(select m.group_id_ from act_id_membership m where m.user_id_ = id) as groups
                        from account where id = any(:ids)
                        """).param("ids", askable(ids)).query(this::readAccount).list().stream()
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
    public boolean leadsSomebody(String person) {
        return jdbc.sql("select exists (select 1 from act_id_info where key_ = 'manager' and value_ = :person)")
                .param("person", person)
                .query(Boolean.class)
                .single();
    }

    @Override
    public Known known(Collection<String> groups, Collection<String> people, Collection<String> led) {
        Map<String, Set<String>> behind = new HashMap<>();
        groups.forEach(group -> roles.behind(group)
                .forEach(one ->
                        behind.computeIfAbsent(one, none -> new TreeSet<>()).add(group)));
        Map<String, Set<String>> members = new HashMap<>();
        Set<String> accounts = new TreeSet<>();
        Map<String, String> managers = new HashMap<>();
        jdbc.sql("""
                        select 'member' as what, group_id_ as of_whom, user_id_ as id
                        from act_id_membership where group_id_ = any(:groups)
                        union all
                        select 'account', id_, id_ from act_id_user where id_ = any(:people)
                        union all
                        select 'manager', i.user_id_, i.value_ from act_id_info i
                        where i.key_ = 'manager' and i.user_id_ = any(:led)
                        union all
                        select 'account', u.id_, u.id_ from act_id_info i join act_id_user u on u.id_ = i.value_
                        where i.key_ = 'manager' and i.user_id_ = any(:led)
                        """)
                .param("groups", askable(behind.keySet()))
                .param("people", askable(people))
                .param("led", askable(led))
                .query(row -> {
                    String id = row.getString("id");
                    String whom = row.getString("of_whom");
                    switch (row.getString("what")) {
                        case "member" ->
                            behind.getOrDefault(whom, Set.of())
                                    .forEach(group -> members.computeIfAbsent(group, none -> new TreeSet<>())
                                            .add(id));
                        case "manager" -> managers.put(whom, id);
                        default -> accounts.add(id);
                    }
                });
        return new Known(members, accounts, managers);
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
