package dev.drawbridge.revocation;

import dev.drawbridge.approval.RequestEnds;
import dev.drawbridge.grant.Grant;
import dev.drawbridge.grant.OpenGrants;
import dev.drawbridge.request.AccessRequests;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Ends what a person holds and has asked for, once the account is gone or has left the groups that may have it. */
@Component
class Leavers {
    private final RightToHave rights;
    private final OpenGrants grants;
    private final AccessRequests requests;
    private final RequestEnds ends;
    private final Sweeper sweeper;
    private final DropRequest drop;

    Leavers(
            RightToHave rights,
            OpenGrants grants,
            AccessRequests requests,
            RequestEnds ends,
            Sweeper sweeper,
            DropRequest drop) {
        this.rights = rights;
        this.grants = grants;
        this.requests = requests;
        this.ends = ends;
        this.sweeper = sweeper;
        this.drop = drop;
    }

    /** Everybody who holds access without the right to it, however that came about. */
    void checkAll() {
        grants.holdersOfEarlierAccounts().forEach(this::check);
        Map<String, Set<String>> holders = grants.holders();
        Map<String, RightToHave.Person> right = rights.of(holders.keySet());
        holders.forEach((person, held) -> {
            if (!held.stream().allMatch(Objects.requireNonNull(right.get(person))::mayKeep)) {
                check(person);
            }
        });
    }

    void check(String person) {
        RightToHave.Person right = rights.of(person);
        // What waits comes first: none of it must become access meanwhile.
        ends.pending(person, null)
                .forEach((id, entitlement) -> right.whyNot(id, entitlement).ifPresent(why -> drop(id, why)));
        for (Grant grant : grants.open(person, null)) {
            right.whyNotKeep(grant.requestId(), grant.entitlement())
                    .ifPresent(why -> sweeper.revoke(grant, "system", why));
        }
    }

    private void drop(UUID id, String why) {
        requests.find(id).ifPresent(request -> drop.drop(request, "WITHDRAWN", "system", why));
    }
}
