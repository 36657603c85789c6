package dev.drawbridge.directory;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The people, their groups and their managers, looked up anew each time: a group left a minute ago counts no more. Each question
 * is one statement, for one or for many, whoever's rights the thread works with. The one port for all features: who keeps the
 * people, this product or somebody else's directory, is known behind it alone.
 */
public interface Directory {
    /**
     * A person with an account.
     *
     * @param name the first and last name; the id where neither is known
     * @param groups none where the person has left
     * @param related the ids of those who are there of whom the person has, in order; an empty list where all have left
     * @param email where mail reaches the person, if anywhere
     */
    record Person(
            String id, String name, Set<String> groups, Map<Relation, List<String>> related, Optional<String> email) {
        /** The first of the person's managers who is there. */
        public Optional<String> manager() {
            return related(Relation.MANAGER).stream().findFirst();
        }

        /** Those who are this to the person and are there, in order. */
        public List<String> related(Relation relation) {
            return related.getOrDefault(relation, List.of());
        }
    }

    /**
     * An account, beside the person whose it is.
     *
     * @param generation which account of this id it is: another once one is made anew under the same id
     */
    record Account(String id, UUID generation, Set<String> groups) {
        public Account {
            groups = Set.copyOf(groups);
        }
    }

    /**
     * How somebody belongs to the company.
     *
     * @param employment none where it is not recorded
     * @param withManager whether somebody who is there leads them
     * @param withSponsor whether somebody who is there answers for them
     */
    record Belonging(@Nullable Employment employment, boolean withManager, boolean withSponsor) {
        /** Of whom nothing is recorded. */
        public static final Belonging UNKNOWN = new Belonging(null, false, false);
    }

    /** A person, with the name that people call them by. */
    record Named(String id, String name) {}

    /**
     * Some groups' members, some accounts, and whom some people have, as they were when they were looked up. Who has left is
     * none of them.
     *
     * @param related by person, as in {@link Person}
     */
    record Known(
            Map<String, Set<String>> members, Set<String> accounts, Map<String, Map<Relation, List<String>>> related) {
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

        /** Those who are this to a person and are there, in order, nobody where that is recorded; none at all where nothing is. */
        public Optional<List<String>> related(String person, Relation relation) {
            return Optional.ofNullable(related.getOrDefault(person, Map.of()).get(relation));
        }

        /** The first of a person's managers who is there. */
        public Optional<String> managerOf(String person) {
            return related(person, Relation.MANAGER)
                    .flatMap(managers -> managers.stream().findFirst());
        }
    }

    /**
     * Looks these groups up, with their members, and these people, with their managers, by one statement: whatever else is asked
     * about them until the transaction is over is answered by that. For pages, which decide nothing; else it does nothing.
     */
    default void foresee(Collection<String> groups, Collection<String> people) {}

    /** Those of these who have an account with exactly this id, in the order of their ids. */
    List<Person> all(Collection<String> ids);

    /** Those of these that there are, by their id: as {@link #all}, where their people matter less. */
    Map<String, Account> accounts(Collection<String> ids);

    /** What people call these groups, by id; the id where one has no name, or is gone. */
    Map<String, String> namesOfGroups(Collection<String> ids);

    /** Everybody in at least one of these groups. */
    default Set<String> membersOf(Collection<String> groups) {
        return known(groups, Set.of(), Set.of()).members(groups);
    }

    /** How this person belongs to the company. */
    Belonging belonging(String person);

    /** What this person, who is there, is to anybody at all. */
    Set<Relation> relationsOf(String person);

    /** Those in whose records this person stands, whether they have left or not. */
    Set<String> thoseWhoName(String person);

    /** The members of groups, which of these people have an account, and whom others have, all at once. */
    Known known(Collection<String> groups, Collection<String> people, Collection<String> led);

    /** The account with exactly this id; another spelling is another account. */
    default Optional<Person> find(String id) {
        return all(Set.of(id)).stream().findFirst();
    }

    /** What people call this account; the id where it has no name, or is gone. */
    default String nameOf(String id) {
        return find(id).map(Person::name).orElse(id);
    }

    /** What people call these accounts, by id: as {@link #nameOf}. */
    default Map<String, String> namesById(Collection<String> ids) {
        Map<String, String> names =
                ids.stream().distinct().collect(Collectors.toMap(Function.identity(), Function.identity()));
        all(names.keySet()).forEach(person -> names.put(person.id(), person.name()));
        return names;
    }

    /** What people call this group: as {@link #namesOfGroups}. */
    default String nameOfGroup(String id) {
        return namesOfGroups(Set.of(id)).getOrDefault(id, id);
    }

    default Optional<Account> account(String id) {
        return Optional.ofNullable(accounts(Set.of(id)).get(id));
    }

    /** The groups of this account; none where there is no such account. */
    default Set<String> groupsOf(String id) {
        return account(id).map(Account::groups).orElse(Set.of());
    }

    /** Those of these who have an account, in the order of their names. */
    default List<Named> named(Collection<String> ids) {
        return all(ids).stream()
                .map(person -> new Named(person.id(), person.name()))
                .sorted(Comparator.comparing(Named::name).thenComparing(Named::id))
                .toList();
    }
}
