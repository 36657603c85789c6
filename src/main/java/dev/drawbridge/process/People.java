package dev.drawbridge.process;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

/**
 * The people that the engine's accounts know, looked up anew each time: a group left a minute ago counts no more. Each
 * question is one statement, for one or for many, whoever's rights the thread works with.
 */
@Repository
public class People {
    static final String MANAGER = "manager";
    private static final String SELECT = """
            select u.id_, u.first_, u.last_, u.email_,
                   array(select m.group_id_ from act_id_membership m where m.user_id_ = u.id_) as groups,
                   (select min(i.value_) from act_id_info i where i.user_id_ = u.id_ and i.key_ = 'manager') as manager
            from act_id_user u
            """;

    private final JdbcClient jdbc;

    People(@Lazy JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A person with an account.
     *
     * @param name the first and last name; the id where neither is known
     * @param manager the id of the person's manager, where one is known
     * @param email where mail reaches the person, if anywhere
     */
    public record Person(
            String id, String name, Set<String> groups, Optional<String> manager, Optional<String> email) {}

    /** The account with exactly this id; another spelling is another account. */
    public Optional<Person> find(String id) {
        return all(Set.of(id)).stream().findFirst();
    }

    /** Those of these who have an account, in the order of their ids. */
    public List<Person> all(Collection<String> ids) {
        List<String> askable = ids.stream().filter(People::isAskable).toList();
        return askable.isEmpty()
                ? List.of()
                : jdbc.sql(SELECT + "where u.id_ in (:ids) order by u.id_")
                        .param("ids", askable)
                        .query(People::person)
                        .list();
    }

    /** The database refuses a question that holds a NUL; no account's id does. */
    private static boolean isAskable(String id) {
        return id.indexOf('\0') < 0;
    }

    /** What people call this account; the id where it has no name, or is gone. */
    public String nameOf(String id) {
        return find(id).map(Person::name).orElse(id);
    }

    /** What people call these accounts, by id: as {@link #nameOf}. */
    public Map<String, String> namesById(Collection<String> ids) {
        Map<String, String> names = itself(ids);
        all(names.keySet()).forEach(person -> names.put(person.id(), person.name()));
        return names;
    }

    /** What people call this group; the id where it has no name, or is gone. */
    public String nameOfGroup(String id) {
        return Objects.requireNonNull(namesOfGroups(Set.of(id)).get(id));
    }

    /** What people call these groups, by id: as {@link #nameOfGroup}. */
    public Map<String, String> namesOfGroups(Collection<String> ids) {
        Map<String, String> names = itself(ids);
        if (!names.isEmpty()) {
            jdbc.sql("select id_, name_ from act_id_group where id_ in (:ids) and name_ ~ '\\S'")
                    .param("ids", List.copyOf(names.keySet()))
                    .query(row -> {
                        names.put(row.getString("id_"), row.getString("name_"));
                    });
        }
        return names;
    }

    private static Map<String, String> itself(Collection<String> ids) {
        return ids.stream()
                .filter(People::isAskable)
                .distinct()
                .collect(Collectors.toMap(Function.identity(), Function.identity()));
    }

    public Set<String> groupsOf(String id) {
        return find(id).map(Person::groups).orElse(Set.of());
    }

    public Set<String> membersOf(String group) {
        return Set.copyOf(jdbc.sql("select user_id_ from act_id_membership where group_id_ = :group")
                .param("group", group)
                .query(String.class)
                .list());
    }

    /** A person, with the name that people call them by. */
    public record Named(String id, String name) {}

    /** Those of these who have an account, in the order of their names. */
    public List<Named> named(Collection<String> ids) {
        return all(ids).stream()
                .map(person -> new Named(person.id(), person.name()))
                .sorted(Comparator.comparing(Named::name).thenComparing(Named::id))
                .toList();
    }

    /** Some groups' members, some accounts, and some people's managers, as they were when they were looked up. */
    public record Known(Map<String, Set<String>> members, Set<String> accounts, Map<String, String> managers) {
        /** Everybody in at least one of these groups. */
        public Set<String> members(Collection<String> groups) {
            return groups.stream()
                    .flatMap(group -> members.getOrDefault(group, Set.of()).stream())
                    .collect(Collectors.toSet());
        }

        /** Those of these who have an account. */
        public Set<String> accounts(Collection<String> ids) {
            return ids.stream().filter(accounts::contains).collect(Collectors.toSet());
        }

        public Optional<String> managerOf(String person) {
            return Optional.ofNullable(managers.get(person));
        }
    }

    /** Looks up the members of groups, which of these people have an account, and the managers of others, with one statement. */
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
        return texts.stream().filter(People::isAskable).collect(Collectors.joining("\n"));
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
