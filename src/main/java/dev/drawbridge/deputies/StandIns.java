package dev.drawbridge.deputies;

import dev.drawbridge.catalog.Catalog;
import dev.drawbridge.catalog.Entitlement;
import dev.drawbridge.catalog.LevelDefinition;
import dev.drawbridge.catalog.LevelDefinitions;
import dev.drawbridge.catalog.OnCall;
import dev.drawbridge.directory.AccountIds;
import dev.drawbridge.directory.Directory;
import dev.drawbridge.platform.Refusal;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * Who may stand in for one who is asked, by {@code rules/levels.yaml} as it is now: the groups that a level names, or, where
 * it names none, whoever may answer at it anyway.
 */
@Component
public class StandIns {
    /** How many a sentence names well. */
    private static final int NAMED = 5;

    private final LevelDefinitions definitions;
    private final Catalog catalog;
    private final OnCall onCall;
    private final Directory people;

    StandIns(LevelDefinitions definitions, Catalog catalog, OnCall onCall, Directory people) {
        this.definitions = definitions;
        this.catalog = catalog;
        this.onCall = onCall;
        this.people = people;
    }

    /** Some people: the members of groups, and some by id. */
    private record Circle(Set<String> groups, Set<String> people) {
        boolean includes(Directory.Person person) {
            return people.contains(person.id()) || !Collections.disjoint(groups, person.groups());
        }
    }

    private static Circle standIns(LevelDefinition definition, Circle anyway) {
        return definition
                .deputies()
                .groups()
                .map(named -> new Circle(named, Set.of()))
                .orElse(anyway);
    }

    /** Whether a person may stand in for this one at some level; at which they may is asked again with each answer. */
    boolean mayAnywhere(String person, String principal) {
        List<Circle> circles = circlesAround(principal);
        return people.find(person)
                .filter(found -> circles.stream().anyMatch(circle -> circle.includes(found)))
                .isPresent();
    }

    /** Everybody who may stand in for this person at some level, in the order of their names. */
    List<Directory.Named> everybodyFor(String principal) {
        Set<String> all = members(circlesAround(principal));
        all.removeIf(person -> AccountIds.isOne(person, principal));
        return people.named(all);
    }

    /** The groups whose members may stand in at some level. */
    Set<String> groups() {
        return circles().flatMap(circle -> circle.groups().stream()).collect(Collectors.toSet());
    }

    /** Who may stand in at some level by name. */
    Set<String> named() {
        return circles().flatMap(circle -> circle.people().stream()).collect(Collectors.toSet());
    }

    private Stream<Circle> circles() {
        return definitions.inOrder().stream()
                .flatMap(definition -> asked(definition).map(asked -> standIns(definition, asked)));
    }

    /** Who may stand in, for each level and resource at which this person may be asked. */
    private List<Circle> circlesAround(String principal) {
        return people.find(principal).stream()
                .flatMap(person -> definitions.inOrder().stream()
                        .flatMap(definition -> asked(definition)
                                .filter(asked -> asked.includes(person) || isAskedByName(definition, person))
                                .map(asked -> standIns(definition, asked))))
                .distinct()
                .toList();
    }

    private boolean isAskedByName(LevelDefinition definition, Directory.Person person) {
        return definition
                .of()
                .relation()
                .filter(relation -> people.relationsOf(person.id()).contains(relation))
                .isPresent();
    }

    /** Who may answer by a definition, for each resource: owners of one have no say over another. */
    private Stream<Circle> asked(LevelDefinition definition) {
        return switch (definition.of()) {
            case RESOURCE_OWNERS ->
                catalog.all().stream()
                        .map(Entitlement::owners)
                        .distinct()
                        .map(owners -> new Circle(both(definition.allGroups(), owners), Set.of()));
            case ON_CALL ->
                Stream.of(new Circle(definition.allGroups(), Set.copyOf(onCall.people(definition.schedule()))));
            case REQUESTERS_MANAGER, REQUESTERS_SPONSOR, REQUESTERS_MENTOR, GROUPS ->
                Stream.of(new Circle(definition.allGroups(), Set.of()));
        };
    }

    /** The sentence for one who may not stand in, with who may. */
    public static Refusal refusal(
            String field, Optional<Directory.Person> person, String where, List<Directory.Named> may) {
        String names = may.stream().limit(NAMED).map(Directory.Named::name).collect(Collectors.joining(", "));
        return Refusal.ofField(
                Refusal.Kind.UNPROCESSABLE,
                field,
                "may-not-stand-in",
                person.map(Directory.Person::name).orElse("Nobody without an account") + " may"
                        + (person.isPresent() ? " not" : "") + " stand in for you " + where + "; "
                        + (may.isEmpty() ? "nobody can at the moment" : "who can: " + names)
                        + (may.size() > NAMED ? " and " + (may.size() - NAMED) + " more" : "") + ".");
    }

    private static Set<String> both(Collection<String> some, Collection<String> others) {
        return Stream.of(some, others).flatMap(Collection::stream).collect(Collectors.toCollection(TreeSet::new));
    }

    private Set<String> members(List<Circle> circles) {
        Set<String> all = new TreeSet<>();
        circles.forEach(circle -> all.addAll(circle.people()));
        all.addAll(people.membersOf(
                circles.stream().map(Circle::groups).flatMap(Set::stream).collect(Collectors.toSet())));
        return all;
    }
}
