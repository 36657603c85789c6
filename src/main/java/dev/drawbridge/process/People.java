package dev.drawbridge.process;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.identity.User;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** The people that the engine's accounts know, looked up anew each time: a group left a minute ago counts no more. */
@Component
public class People {
    static final String MANAGER = "manager";
    private final IdentityService identities;

    People(@Lazy IdentityService identities) {
        this.identities = identities;
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
        // The database refuses a question that holds a NUL; no account's id does.
        return id.indexOf('\0') >= 0
                ? Optional.empty()
                : Optional.ofNullable(identities.createUserQuery().userId(id).singleResult())
                        .filter(user -> user.getId().equals(id))
                        .map(this::person);
    }

    /** What people call this account; the id where it has no name, or is gone. */
    public String nameOf(String id) {
        return Optional.ofNullable(identities.createUserQuery().userId(id).singleResult())
                .map(People::name)
                .orElse(id);
    }

    /** What people call this group; the id where it has no name, or is gone. */
    public String nameOfGroup(String id) {
        return Optional.ofNullable(identities.createGroupQuery().groupId(id).singleResult())
                .map(Group::getName)
                .filter(name -> !name.isBlank())
                .orElse(id);
    }

    private static String name(User user) {
        String name = Stream.of(user.getFirstName(), user.getLastName())
                .filter(part -> part != null && !part.isBlank())
                .collect(Collectors.joining(" "))
                .strip();
        return name.isEmpty() ? user.getId() : name;
    }

    public Set<String> groupsOf(String id) {
        return identities.createGroupQuery().groupMember(id).list().stream()
                .map(Group::getId)
                .collect(Collectors.toUnmodifiableSet());
    }

    public Set<String> membersOf(String group) {
        return identities.createUserQuery().memberOfGroup(group).list().stream()
                .map(User::getId)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** What people call those of these who have an account, in the order of the ids. */
    public List<String> namesOf(Collection<String> ids) {
        return ids.isEmpty()
                ? List.of()
                : identities
                        .createUserQuery()
                        .userIdIn(ids.toArray(String[]::new))
                        .orderByUserId()
                        .asc()
                        .list()
                        .stream()
                        .map(People::name)
                        .toList();
    }

    /** A person, with the name that people call them by. */
    public record Named(String id, String name) {}

    /** Those of these who have an account, in the order of their names. */
    public List<Named> named(Collection<String> ids) {
        return ids.isEmpty()
                ? List.of()
                : identities.createUserQuery().userIdIn(ids.toArray(String[]::new)).list().stream()
                        .map(user -> new Named(user.getId(), name(user)))
                        .sorted(Comparator.comparing(Named::name).thenComparing(Named::id))
                        .toList();
    }

    private Person person(User user) {
        return new Person(
                user.getId(),
                name(user),
                groupsOf(user.getId()),
                Optional.ofNullable(identities.getUserInfo(user.getId(), MANAGER)),
                Optional.ofNullable(user.getEmail()).filter(address -> !address.isBlank()));
    }
}
