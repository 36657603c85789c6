package dev.drawbridge.revocation;

import dev.drawbridge.approval.RequestEnds;
import dev.drawbridge.catalog.Catalog;
import dev.drawbridge.directory.Directory;
import dev.drawbridge.grant.Grant;
import dev.drawbridge.grant.Grants;
import dev.drawbridge.request.AccessRequests;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Ends what a person holds and has asked for, once the account is gone or has left the groups that may have it. */
@Component
class Leavers {
    private final Directory people;
    private final Catalog catalog;
    private final Grants grants;
    private final AccessRequests requests;
    private final RequestEnds ends;
    private final EndAccess end;
    private final Sweeper sweeper;
    private final DropRequest drop;

    Leavers(
            Directory people,
            Catalog catalog,
            Grants grants,
            AccessRequests requests,
            RequestEnds ends,
            EndAccess end,
            Sweeper sweeper,
            DropRequest drop) {
        this.people = people;
        this.catalog = catalog;
        this.grants = grants;
        this.requests = requests;
        this.ends = ends;
        this.end = end;
        this.sweeper = sweeper;
        this.drop = drop;
    }

    /** Everybody who holds access without the right to it, however that came about. */
    void checkAll() {
        grants.holdersOfEarlierAccounts().forEach(this::check);
        Map<String, Set<String>> holders = grants.holders();
        Map<String, Directory.Account> accounts = people.accounts(holders.keySet());
        holders.forEach((person, held) -> {
            Optional<Set<String>> groups =
                    Optional.ofNullable(accounts.get(person)).map(Directory.Account::groups);
            if (!held.stream().allMatch(entitlement -> mayHave(groups, entitlement))) {
                check(person);
            }
        });
    }

    void check(String person) {
        Optional<Set<String>> groups = people.account(person).map(Directory.Account::groups);
        // What waits comes first: none of it must become access meanwhile.
        for (var id : ends.pending(person, null)) {
            requests.find(id)
                    .filter(request -> !mayHave(request.id(), groups, request.entitlement()))
                    .ifPresent(request -> drop.drop(request, "WITHDRAWN", "system", why(request.id(), person, groups)));
        }
        for (Grant grant : grants.open(person, null)) {
            if (!mayHave(grant.requestId(), groups, grant.entitlement())) {
                end.order(grant.requestId(), Reason.REVOKED, "system", why(grant.requestId(), person, groups));
                sweeper.end(grant, "");
            }
        }
    }

    /** What has left the catalog says nothing of who may have it: such access lasts until its end. */
    private boolean mayHave(UUID id, Optional<Set<String>> groups, String entitlement) {
        return !requests.isOfAnEarlierAccount(id) && mayHave(groups, entitlement);
    }

    private boolean mayHave(Optional<Set<String>> groups, String entitlement) {
        return groups.isPresent()
                && catalog.find(entitlement)
                        .map(known -> !Collections.disjoint(known.requesters(), groups.get()))
                        .orElse(true);
    }

    private String why(UUID id, String person, Optional<Set<String>> groups) {
        if (groups.isPresent() && requests.isOfAnEarlierAccount(id)) {
            return "The account " + person + " is gone; that of now is another one of the same name.";
        }
        return groups.isPresent()
                ? person + " has left the groups that may have it."
                : "The account " + person + " is gone.";
    }
}
