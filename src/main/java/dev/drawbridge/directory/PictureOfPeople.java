package dev.drawbridge.directory;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The directory, as one picture for a page: what was foreseen in a transaction that writes nothing is asked for no more. Where
 * something is decided, each question is asked anew.
 */
@Repository
@Primary
class PictureOfPeople extends EngineDirectory {
    private static final String ALL = "with " + RELATED + """
            , member as (select m.group_id_, m.user_id_ from act_id_membership m
                         where m.group_id_ = any(:groups)
                           and not exists (select 1 from account a where a.id = m.user_id_ and a.left_at is not null)
                           and""" + LASTS + """
                         )
            select 'person' as what,
            """ + PERSON + """
                   , array(select distinct l.relation from related l where l.other = u.id_ and l.there) as relations,
                   exists (select 1 from account a where a.id = u.id_ and a.left_at is null) as there, null as of_group
            from act_id_user u
            where u.id_ = any(:people) or u.id_ in (select user_id_ from member)
               or u.id_ in (select other from related where person = any(:people))
            union all
            select 'member', user_id_, null, null, null, null, null, null, null, group_id_ from member
            union all
            select 'group', id_, name_, null, null, null, null, null, null, null from act_id_group
            where id_ = any(:named) and name_ ~ '\\S'
            """;

    PictureOfPeople(@Lazy JdbcClient jdbc, Roles roles, Clock clock) {
        super(jdbc, roles, clock);
    }

    /** What was foreseen: of somebody who has no account, that they have none. */
    private static final class Picture implements TransactionSynchronization {
        private final Set<String> asked = new HashSet<>();
        private final Map<String, Person> people = new HashMap<>();
        private final Set<String> there = new HashSet<>();
        private final Map<String, Set<Relation>> relations = new HashMap<>();
        private final Map<String, Set<String>> members = new HashMap<>();
        private final Map<String, String> groups = new HashMap<>();
        private final Map<String, Set<String>> behind = new HashMap<>();
        private final PictureOfPeople owner;

        Picture(PictureOfPeople owner) {
            this.owner = owner;
        }

        boolean knows(Collection<String> ids) {
            return asked.containsAll(ids);
        }

        void add(ResultSet row) throws SQLException {
            String id = row.getString("id_");
            switch (row.getString("what")) {
                case "person" -> {
                    asked.add(id);
                    people.put(id, owner.person(row, 0));
                    if (row.getBoolean("there")) {
                        there.add(id);
                    }
                    relations.put(
                            id,
                            Stream.of((String[]) row.getArray("relations").getArray())
                                    .map(Relation::valueOf)
                                    .collect(Collectors.toSet()));
                }
                case "member" ->
                    behind.getOrDefault(row.getString("of_group"), Set.of())
                            .forEach(group ->
                                    Objects.requireNonNull(members.get(group)).add(id));
                default -> groups.put(id, row.getString("first_"));
            }
        }

        @Override
        public void suspend() {
            TransactionSynchronizationManager.unbindResourceIfPossible(owner);
        }

        @Override
        public void resume() {
            TransactionSynchronizationManager.bindResource(owner, this);
        }

        @Override
        public void afterCompletion(int status) {
            TransactionSynchronizationManager.unbindResourceIfPossible(owner);
        }
    }

    private Optional<Picture> picture() {
        return Optional.ofNullable((Picture) TransactionSynchronizationManager.getResource(this));
    }

    @Override
    public void foresee(Collection<String> groups, Collection<String> people) {
        if (!TransactionSynchronizationManager.isCurrentTransactionReadOnly()
                || picture().isPresent()) {
            return;
        }
        Picture picture = new Picture(this);
        picture.asked.addAll(people);
        groups.forEach(group -> {
            picture.members.put(group, new TreeSet<>());
            picture.groups.put(group, group);
            roles.behind(group)
                    .forEach(one -> picture.behind
                            .computeIfAbsent(one, none -> new TreeSet<>())
                            .add(group));
        });
        jdbc.sql(ALL)
                .param("groups", askable(picture.behind.keySet()))
                .param("named", askable(groups))
                .param("people", askable(people))
                .param("now", now())
                .query(row -> {
                    picture.add(row);
                });
        TransactionSynchronizationManager.bindResource(this, picture);
        TransactionSynchronizationManager.registerSynchronization(picture);
    }

    @Override
    public List<Person> all(Collection<String> ids) {
        return picture()
                .filter(picture -> picture.knows(ids))
                .map(picture -> ids.stream()
                        .distinct()
                        .flatMap(id -> Stream.ofNullable(picture.people.get(id)))
                        .sorted(Comparator.comparing(Person::id))
                        .toList())
                .orElseGet(() -> super.all(ids));
    }

    @Override
    public Map<String, String> namesOfGroups(Collection<String> ids) {
        return picture()
                .filter(picture -> picture.groups.keySet().containsAll(ids))
                .map(picture -> ids.stream()
                        .distinct()
                        .collect(Collectors.toMap(
                                Function.identity(), id -> Objects.requireNonNull(picture.groups.get(id)))))
                .orElseGet(() -> super.namesOfGroups(ids));
    }

    @Override
    public Set<Relation> relationsOf(String person) {
        return picture()
                .filter(picture -> picture.knows(Set.of(person)))
                .map(picture -> picture.relations.getOrDefault(person, Set.of()))
                .orElseGet(() -> super.relationsOf(person));
    }

    @Override
    public Known known(Collection<String> groups, Collection<String> people, Collection<String> led) {
        return picture()
                .filter(picture ->
                        picture.members.keySet().containsAll(groups) && picture.knows(people) && picture.knows(led))
                .map(picture -> known(picture, groups, people, led))
                .orElseGet(() -> super.known(groups, people, led));
    }

    private static Known known(
            Picture picture, Collection<String> groups, Collection<String> people, Collection<String> led) {
        Map<String, Map<Relation, List<String>>> related = led.stream()
                .distinct()
                .flatMap(person -> Stream.ofNullable(picture.people.get(person)))
                .collect(Collectors.toMap(Person::id, Person::related));
        return new Known(
                groups.stream()
                        .distinct()
                        .collect(Collectors.toMap(
                                Function.identity(), group -> Objects.requireNonNull(picture.members.get(group)))),
                Stream.concat(
                                people.stream(),
                                related.values().stream()
                                        .flatMap(of -> of.values().stream())
                                        .flatMap(List::stream))
                        .filter(picture.there::contains)
                        .collect(Collectors.toSet()),
                related);
    }
}
