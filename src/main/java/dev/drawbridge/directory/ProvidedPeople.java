package dev.drawbridge.directory;

import dev.drawbridge.directory.Subjects.Standing;
import dev.drawbridge.platform.Accounts;
import dev.drawbridge.platform.PeopleElsewhere;
import dev.drawbridge.platform.PersonTold;
import dev.drawbridge.platform.Refusal;
import java.util.List;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The accounts of people whom an identity provider vouches for. An account is found by what the provider never gives to anybody
 * else, and by nothing else: a name that somebody takes there makes nobody somebody else here.
 */
@Component
class ProvidedPeople implements PeopleElsewhere {
    private final Subjects subjects;
    private final PeopleRecords records;
    private final NewAccounts accounts;
    private final ApplicationEventPublisher events;
    private final TransactionTemplate transaction;

    ProvidedPeople(
            Subjects subjects,
            PeopleRecords records,
            @Lazy NewAccounts accounts,
            ApplicationEventPublisher events,
            @Lazy PlatformTransactionManager transactions) {
        this.subjects = subjects;
        this.records = records;
        this.accounts = accounts;
        this.events = events;
        this.transaction = new TransactionTemplate(transactions);
    }

    /** One statement where nothing is new. */
    @Override
    public Known known(PersonTold told) {
        requireStorable(told);
        Standing now = subjects.find(told)
                .filter(standing -> isTakenOver(standing, told))
                .orElseGet(() -> transaction.execute(status -> takenOver(told)));
        if (now.left()) {
            throw refused("has-left", "The account " + now.id() + " is of somebody who has left.");
        }
        return new Known(now.id(), new Accounts.Account(now.current(), now.credential()));
    }

    /** What was said before something that is taken over already is over: an old token brings no group back. */
    private static boolean isTakenOver(Standing now, PersonTold told) {
        return now.left()
                || told.at().isBefore(now.toldAt())
                || Vouched.wanted(now, told).equals(now);
    }

    private Standing takenOver(PersonTold told) {
        records.lock();
        Optional<Standing> known = subjects.find(told);
        if (known.isEmpty()) {
            makeAccount(told);
        }
        Standing now = known.or(() -> subjects.find(told)).orElseThrow();
        if (isTakenOver(now, told)) {
            return now;
        }
        PersonRecord before = records.find(now.id()).orElseThrow();
        write(before, now, Vouched.wanted(now, told), told);
        PersonRecord after = records.find(now.id()).orElseThrow();
        if (!after.says(before)) {
            events.publishEvent(new PersonChanged("system", before, after));
        }
        return subjects.find(told).orElseThrow();
    }

    private void makeAccount(PersonTold told) {
        if (!AccountIds.fits(told.id())) {
            throw refused(
                    "invalid-id",
                    "The identity provider calls you by a name that no account can have here. " + AccountIds.SENTENCE);
        }
        // Only whoever looks after accounts here knows whether two of the same name are one person.
        subjects.takenBy(told.id()).ifPresent(other -> {
            throw refused(
                    "name-taken",
                    "The identity provider calls you '" + told.id()
                            + "', and that is the name of another account, or of a"
                            + " group, here. An administrator can tell whose it is.");
        });
        accounts.make(told.id());
        subjects.add(told);
        events.publishEvent(new PersonSeenFirst(told.id(), told.issuer()));
    }

    private void write(PersonRecord before, Standing now, Standing wanted, PersonTold told) {
        subjects.write(wanted);
        subjects.takenOver(told);
        now.memberships().stream()
                .filter(group -> !wanted.memberships().contains(group))
                .forEach(group -> records.leave(now.id(), group));
        wanted.memberships().stream()
                .filter(group -> !now.memberships().contains(group))
                .forEach(group -> records.join(now.id(), group));
        List<String> managers = wanted.managers();
        if (!managers.equals(now.managers())
                && records.ledBy(now.id(), managers).isEmpty()) {
            records.write(before.ledBy(managers));
        }
    }

    private static void requireStorable(PersonTold told) {
        if ((told.issuer() + told.subject()).indexOf('\0') >= 0
                || told.subject().length() > 255) {
            throw refused("unreadable-subject", "The identity provider does not say readably who you are.");
        }
    }

    private static Refusal refused(String code, String sentence) {
        return Refusal.of(Refusal.Kind.UNAUTHENTICATED, code, sentence);
    }
}
