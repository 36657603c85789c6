package dev.drawbridge.directory;

import dev.drawbridge.directory.PersonChange.Wanted;
import dev.drawbridge.directory.PersonRecord.Membership;
import dev.drawbridge.platform.Refusal;
import dev.drawbridge.platform.SignIn;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Whether what somebody wants to be recorded of a person can be, field by field. */
@Component
class WhatFits {
    private static final int MOST_MANAGERS = 10;
    private static final int MOST_GROUPS = 200;
    /** It makes accounts and sets passwords: given where those are made, and nowhere else. */
    private static final String ENGINES_OWN = "camunda-admin";

    private final PeopleRecords records;
    private final Clock clock;

    WhatFits(PeopleRecords records, Clock clock) {
        this.records = records;
        this.clock = clock;
    }

    /** The record as this administrator wants it to be. */
    PersonRecord require(SignIn actor, PersonRecord before, PersonChange change) {
        requireLeaving(actor, before, change);
        requireOthers(actor, before, change);
        Map<String, PersonRecord> named = records.there(Stream.of(
                        change.managers().stream(),
                        Stream.ofNullable(change.sponsor()),
                        Stream.ofNullable(change.mentor()))
                .flatMap(some -> some)
                .collect(Collectors.toSet()));
        requireManagers(before, change.managers(), named.keySet());
        requirePerson(before, "sponsor", change.sponsor(), named.keySet());
        requirePerson(before, "mentor", change.mentor(), named.keySet());
        return new PersonRecord(
                before.id(),
                before.name(),
                change.employment(),
                change.managers(),
                change.sponsor(),
                change.mentor(),
                change.groups().map(groups -> memberships(before, groups)).orElse(before.groups()),
                change.left(),
                List.of(),
                before.account());
    }

    /** Else whoever records memberships could lock out those who give rights in the engine. */
    private static void requireLeaving(SignIn actor, PersonRecord before, PersonChange change) {
        if (change.left() != before.left()
                && before.membership(ENGINES_OWN).isPresent()
                && !actor.groups().contains(ENGINES_OWN)) {
            throw wrong(
                    "left",
                    "engines-own-group",
                    before.name() + " is in '" + ENGINES_OWN
                            + "'; whether they have left is recorded by somebody in that group.");
        }
    }

    /** Whoever stands behind somebody decides on their requests: nobody gives that to themselves. */
    private static void requireOthers(SignIn actor, PersonRecord before, PersonChange change) {
        requireAnother(actor, "managers", before.managers(), change.managers());
        requireAnother(actor, "sponsor", one(before.sponsor()), one(change.sponsor()));
        requireAnother(actor, "mentor", one(before.mentor()), one(change.mentor()));
    }

    private static List<String> one(@Nullable String id) {
        return Stream.ofNullable(id).toList();
    }

    private static void requireAnother(SignIn actor, String field, List<String> before, List<String> wanted) {
        if (wanted.stream().anyMatch(id -> AccountIds.isOne(actor.person(), id) && !before.contains(id))) {
            throw wrong(
                    field,
                    "named-oneself",
                    "Nobody names themselves a manager, sponsor or mentor, since those decide on requests; ask another"
                            + " administrator.");
        }
    }

    private void requireManagers(PersonRecord person, List<String> managers, Set<String> there) {
        if (managers.size() > MOST_MANAGERS) {
            throw wrong("managers", "too-many-managers", "A person has " + MOST_MANAGERS + " managers at most.");
        }
        Set<String> seen = new HashSet<>();
        for (String manager : managers) {
            requirePerson(person, "managers", manager, there);
            if (!seen.add(AccountIds.oneOf(manager))) {
                throw wrong("managers", "repeated-manager", "'" + manager + "' is there more than once.");
            }
        }
        // Who leads whom was read under the lock; the person's own managers of now are about to go.
        records.ledBy(person.id(), managers).ifPresent(manager -> {
            throw wrong(
                    "managers",
                    "circle-of-managers",
                    "'" + manager + "' cannot lead " + person.name() + ", who leads them, or leads somebody who does.");
        });
    }

    private static void requirePerson(PersonRecord person, String field, @Nullable String id, Set<String> there) {
        if (id == null) {
            return;
        }
        if (AccountIds.isOne(person.id(), id)) {
            throw wrong(field, "own-" + field, "Nobody is their own manager, sponsor or mentor: '" + id + "'.");
        }
        if (!there.contains(id)) {
            throw wrong(
                    field,
                    "unknown-person",
                    "There is nobody with the account '" + People.shortened(id)
                            + "', or they have left; name people by their accounts.");
        }
        // There again and gone as recorded: it was made anew, and leads nobody because the one before did.
        if (person.gone().contains(id)) {
            throw wrong(
                    field,
                    "another-account",
                    "The account '" + id
                            + "' is another one now than the one that was named; take it out first and save, then name it"
                            + " again.");
        }
    }

    private List<Membership> memberships(PersonRecord before, List<Wanted> wanted) {
        if (wanted.size() > MOST_GROUPS) {
            throw wrong("groups", "too-many-groups", "A person is in " + MOST_GROUPS + " groups at most.");
        }
        Set<String> known = records.groups(wanted.stream().map(Wanted::group).toList());
        Set<String> seen = new HashSet<>();
        for (Wanted one : wanted) {
            if (!known.contains(one.group())) {
                throw wrong("groups", "unknown-group", "There is no group '" + People.shortened(one.group()) + "'.");
            }
            if (!seen.add(one.group())) {
                throw wrong("groups", "repeated-group", "The group '" + one.group() + "' is there more than once.");
            }
            requireEnd(before.membership(one.group()), one);
        }
        Optional<Wanted> engines =
                wanted.stream().filter(one -> one.group().equals(ENGINES_OWN)).findFirst();
        Optional<Wanted> was = before.membership(ENGINES_OWN).map(one -> new Wanted(ENGINES_OWN, one.until()));
        if (!engines.equals(was)) {
            throw wrong(
                    "groups",
                    "engines-own-group",
                    "The group '" + ENGINES_OWN
                            + "' is given and taken in Admin, where accounts are made, and has no end here.");
        }
        return wanted.stream()
                .map(one -> new Membership(one.group(), one.group(), one.until()))
                .toList();
    }

    private void requireEnd(Optional<Membership> before, Wanted one) {
        Instant until = one.until();
        boolean stays =
                before.map(Membership::until).filter(end -> end.equals(until)).isPresent();
        if (until != null && !stays && !until.isAfter(clock.instant())) {
            throw wrong(
                    "groups",
                    "end-is-over",
                    "The end of '" + one.group()
                            + "' is over already. To end the membership now, take the person out of the group.");
        }
        if (until != null && until.isAfter(clock.instant().plus(36_500, ChronoUnit.DAYS))) {
            throw wrong("groups", "end-too-far", "The end of '" + one.group() + "' is too far away; leave it out.");
        }
    }

    private static Refusal wrong(String field, String code, String sentence) {
        return Refusal.ofField(Refusal.Kind.UNPROCESSABLE, field, code, sentence);
    }
}
