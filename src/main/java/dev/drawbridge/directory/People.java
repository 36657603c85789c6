package dev.drawbridge.directory;

import dev.drawbridge.directory.PersonChange.Wanted;
import dev.drawbridge.directory.PersonRecord.Membership;
import dev.drawbridge.platform.Refusal;
import dev.drawbridge.platform.Refusal.Kind;
import dev.drawbridge.platform.Refusals;
import dev.drawbridge.platform.SignIn;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What is recorded of people, for administrators: who leads them, and until when they are in a group. Nobody changes their own
 * record: those who decide on a request are named by others than who asks, and each change is on the record.
 */
@Component
public class People {
    /** As many as a page shows well. */
    private static final int MOST = 100;

    private static final Set<String> MAY_READ = Set.of("administrators", "auditors");
    private static final String MAY_CHANGE = "administrators";

    private final PeopleRecords records;
    private final WhatFits fits;
    private final Refusals refusals;
    private final ApplicationEventPublisher events;

    People(PeopleRecords records, WhatFits fits, Refusals refusals, ApplicationEventPublisher events) {
        this.records = records;
        this.fits = fits;
        this.refusals = refusals;
        this.events = events;
    }

    /**
     * Some people, in the order of their ids.
     *
     * @param next what to ask for after these; none: there are no more
     */
    public record Some(List<PersonRecord> items, @Nullable String next) {}

    /** Those whose id or name holds a text. Refuses everybody but administrators and auditors. */
    @Transactional(readOnly = true)
    public Some list(SignIn reader, String text, String after, int size) {
        return refusals.onRecord(reader.person(), null, () -> {
            requireReader(reader);
            if (size < 1 || size > MOST) {
                throw Refusal.ofField(
                        Kind.INVALID, "size", "invalid-size", "'size' is a number from 1 to " + MOST + ".");
            }
            List<PersonRecord> found = records.list(text.strip(), after, size + 1);
            return found.size() <= size
                    ? new Some(found, null)
                    : new Some(found.subList(0, size), found.get(size - 1).id());
        });
    }

    /** What is recorded of a person. Everybody may read their own record; that of others, administrators and auditors. */
    @Transactional(readOnly = true)
    public PersonRecord require(SignIn reader, String id) {
        return refusals.onRecord(reader.person(), null, () -> {
            if (!reader.person().equals(id)) {
                requireReader(reader);
            }
            return records.find(id).orElseThrow(() -> unknown(id));
        });
    }

    public boolean mayChange(SignIn who) {
        return who.groups().contains(MAY_CHANGE);
    }

    /** All groups, for a page that offers them. */
    @Transactional(readOnly = true)
    public List<Membership> groups() {
        return records.allGroups();
    }

    /**
     * Records what an administrator wants. Refuses everybody else, one's own record, what was changed since it was read, and
     * people and groups that there are not.
     */
    @Transactional
    public PersonRecord change(SignIn actor, String id, PersonChange change) {
        return refusals.onRecord(actor.person(), null, () -> {
            requireAdministrator(actor);
            requireAnother(actor, id);
            records.lock();
            PersonRecord before = records.find(id).orElseThrow(() -> unknown(id));
            requireRead(before, change);
            PersonRecord wanted = fits.require(actor, before, change);
            write(before, wanted, change);
            PersonRecord after = records.find(id).orElseThrow(() -> unknown(id));
            if (!after.says(before)) {
                events.publishEvent(new PersonChanged(actor.person(), before, after));
            }
            return after;
        });
    }

    private void write(PersonRecord before, PersonRecord wanted, PersonChange change) {
        records.write(wanted);
        change.groups().ifPresent(groups -> {
            before.groups().stream()
                    .map(Membership::group)
                    .filter(group ->
                            groups.stream().noneMatch(one -> one.group().equals(group)))
                    .forEach(group -> records.leave(before.id(), group));
            for (Wanted one : groups) {
                if (before.membership(one.group()).isEmpty()) {
                    records.join(before.id(), one.group());
                }
                records.end(before.id(), new Membership(one.group(), one.group(), one.until()));
            }
        });
    }

    private static void requireReader(SignIn reader) {
        if (Collections.disjoint(reader.groups(), MAY_READ)) {
            throw Refusal.of(
                    Kind.FORBIDDEN,
                    "not-yours-to-see",
                    "Only administrators and auditors see what is recorded of other people.");
        }
    }

    private void requireAdministrator(SignIn actor) {
        if (!mayChange(actor)) {
            throw Refusal.of(
                    Kind.FORBIDDEN, "not-an-administrator", "Only administrators change what is recorded of people.");
        }
    }

    /** Whoever leads somebody decides on their requests. */
    private static void requireAnother(SignIn actor, String id) {
        if (AccountIds.isOne(actor.person(), id)) {
            throw Refusal.of(
                    Kind.FORBIDDEN,
                    "own-record",
                    "Nobody changes their own record, since it says who decides on one's requests; ask another"
                            + " administrator.");
        }
    }

    private static void requireRead(PersonRecord before, PersonChange change) {
        if (change.version().isBlank()) {
            throw Refusal.ofField(
                    Kind.INVALID,
                    "version",
                    "missing-version",
                    "Send the 'version' of the record that you have read, so that nothing is overwritten unseen.");
        }
        if (!change.version().equals(before.version())) {
            throw Refusal.ofField(
                    Kind.CONFLICT,
                    "version",
                    "changed-meanwhile",
                    "The record of " + before.name()
                            + " was changed since you read it; look at it again, nothing of yours" + " is saved.");
        }
    }

    private static Refusal unknown(String id) {
        return Refusal.of(Kind.NOT_FOUND, "unknown-person", "There is no account '" + shortened(id) + "'.");
    }

    static String shortened(String text) {
        return text.length() <= 64 ? text : text.substring(0, 64) + "…";
    }
}
