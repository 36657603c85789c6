package dev.drawbridge.audit;

import dev.drawbridge.directory.MembershipEnded;
import dev.drawbridge.directory.PersonChanged;
import dev.drawbridge.directory.PersonRecord;
import dev.drawbridge.directory.PersonSeenFirst;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Who leads whom, who answers for whom, and who is in which group until when. */
@Component
class PeopleOnRecord {
    private final Entries entries;
    private final Names names;

    PeopleOnRecord(Entries entries, Names names) {
        this.entries = entries;
        this.names = names;
    }

    @EventListener
    void on(PersonChanged event) {
        PersonRecord before = event.before();
        PersonRecord after = event.after();
        List<Instant> moments = new ArrayList<>();
        List<String> changes = new ArrayList<>();
        change(changes, "managers", names.inOrder(before.managers()), names.inOrder(after.managers()));
        change(changes, "sponsor", one(before.sponsor()), one(after.sponsor()));
        change(changes, "mentor", one(before.mentor()), one(after.mentor()));
        change(changes, "employment", spoken(before.employment()), spoken(after.employment()));
        changedMemberships(before, after, changes, moments);
        if (before.left() != after.left()) {
            changes.add(after.left() ? "has left" : "is back");
        }
        entries.add(new Entry(
                event.actor(),
                "person-changed",
                null,
                names.who(event.actor()) + " changed the record of " + names.who(after.id()) + ": "
                        + String.join("; ", changes) + ".",
                Map.of("person", after.id(), "before", before, "after", after, Entry.MOMENTS, moments)));
    }

    @EventListener
    void on(MembershipEnded event) {
        entries.add(new Entry(
                "system",
                "membership-ended",
                null,
                names.who(event.person()) + " is no longer in " + names.groups(List.of(event.group()))
                        + ": the membership was to last until " + event.endsAt() + ".",
                Map.of("person", event.person(), "group", event.group(), Entry.MOMENTS, List.of(event.endsAt()))));
    }

    @EventListener
    void on(PersonSeenFirst event) {
        entries.add(new Entry(
                "system",
                "person-seen-first",
                null,
                event.person() + " signed in for the first time and has an account now: " + event.issuer()
                        + " vouches for them.",
                Map.of("person", event.person(), "issuer", event.issuer())));
    }

    private static void change(List<String> changes, String what, String before, String after) {
        if (!before.equals(after)) {
            changes.add(what + ": " + after + ", before: " + before);
        }
    }

    private void changedMemberships(
            PersonRecord before, PersonRecord after, List<String> changes, List<Instant> moments) {
        for (PersonRecord.Membership one : after.groups()) {
            Optional<PersonRecord.Membership> was = before.membership(one.group());
            if (was.isEmpty() || !Objects.equals(was.get().until(), one.until())) {
                Stream.ofNullable(one.until()).forEach(moments::add);
                changes.add((was.isEmpty() ? "joins " : "stays in ")
                        + names.groups(List.of(one.group()))
                        + (one.until() == null ? " without an end" : " until " + one.until()));
            }
        }
        before.groups().stream()
                .filter(one -> after.membership(one.group()).isEmpty())
                .forEach(one -> changes.add("leaves " + names.groups(List.of(one.group()))));
    }

    private String one(@Nullable String id) {
        return id == null ? "none" : names.who(id);
    }

    private static String spoken(@Nullable Enum<?> word) {
        return word == null ? "not known" : word.name().toLowerCase(Locale.ROOT);
    }
}
