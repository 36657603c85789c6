package dev.drawbridge.revocation;

import dev.drawbridge.catalog.KnownEntitlements;
import dev.drawbridge.catalog.Offer;
import dev.drawbridge.directory.Directory;
import dev.drawbridge.publication.LatestPublication;
import dev.drawbridge.request.AccessRequests;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Whether people may still have what they hold or have asked for: by their account and its groups now, and the catalog; by what
 * was last known of what has left that.
 */
@Component
class RightToHave {
    private final Directory people;
    private final KnownEntitlements entitlements;
    private final Offer offer;
    private final AccessRequests requests;
    private final LatestPublication latest;

    RightToHave(
            Directory people,
            KnownEntitlements entitlements,
            Offer offer,
            AccessRequests requests,
            LatestPublication latest) {
        this.people = people;
        this.entitlements = entitlements;
        this.offer = offer;
        this.requests = requests;
        this.latest = latest;
    }

    Person of(String person) {
        return new Person(person, people.account(person).map(Directory.Account::groups));
    }

    /** Of many, by account. */
    Map<String, Person> of(Collection<String> persons) {
        Map<String, Directory.Account> accounts = people.accounts(persons);
        return persons.stream()
                .collect(Collectors.toMap(
                        Function.identity(),
                        person -> new Person(
                                person,
                                Optional.ofNullable(accounts.get(person)).map(Directory.Account::groups))));
    }

    /** One person, as they are now. */
    final class Person {
        private final String id;
        private final Optional<Set<String>> groups;

        private Person(String id, Optional<Set<String>> groups) {
            this.id = id;
            this.groups = groups;
        }

        /** What they hold. */
        boolean mayKeep(String entitlement) {
            return isInItsGroups(entitlement) && whyEnded(entitlement).isEmpty();
        }

        /** By the latest catalog alone: what an older one says is no reason to end anything. */
        private boolean isInItsGroups(String entitlement) {
            return groups.isPresent()
                    && (entitlements
                                    .find(entitlement)
                                    .map(known -> !Collections.disjoint(known.requesters(), groups.get()))
                                    .orElse(true)
                            || !latest.isInForce());
        }

        private Optional<String> whyEnded(String entitlement) {
            return offer.whyEnded(entitlement).filter(why -> latest.isInForce());
        }

        /** Why they may not keep what this request gave them; none where they may. */
        Optional<String> whyNotKeep(UUID request, String entitlement) {
            return whyNot(request, entitlement).or(() -> whyEnded(entitlement));
        }

        /**
         * Why they may not have what this request would give them; none where they may. What has become of the entitlement itself is
         * for {@link Retirements} to say.
         */
        Optional<String> whyNot(UUID request, String entitlement) {
            if (groups.isEmpty()) {
                return Optional.of("The account " + id + " is gone.");
            }
            if (requests.isOfAnEarlierAccount(request)) {
                return Optional.of("The account " + id + " is gone; that of now is another one of the same name.");
            }
            return isInItsGroups(entitlement)
                    ? Optional.empty()
                    : Optional.of(id + " has left the groups that may have it.");
        }
    }
}
