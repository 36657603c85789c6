package dev.drawbridge.approval;

import dev.drawbridge.guardrails.Level;
import dev.drawbridge.process.AccountIds;
import dev.drawbridge.request.AccessRequest;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * Who stands in for whom at a level: as a deputy, or because it was handed over. Nobody does who may not stand in there,
 * whatever was named or handed over when; and nobody for whom somebody else stands in.
 */
@Component
class Substitutes {
    private final Deputies deputies;
    private final HandedOvers handedOvers;
    private final StandIns standIns;
    private final Approvals approvals;

    Substitutes(Deputies deputies, HandedOvers handedOvers, StandIns standIns, Approvals approvals) {
        this.deputies = deputies;
        this.handedOvers = handedOvers;
        this.standIns = standIns;
        this.approvals = approvals;
    }

    /** One for whom somebody stands in; {@code handedOver}: they asked for it with this very request. */
    record Principal(String id, boolean handedOver) {}

    /** For whom a person stands in, never for anybody on their own request; whether those are asked is another question. */
    List<Principal> principalsOf(String person, Level level, int position, AccessRequest request, Instant moment) {
        List<Principal> principals = Stream.concat(
                        handedOvers.of(request.id(), position).stream()
                                .filter(passed -> passed.to().equals(person))
                                .map(passed -> new Principal(passed.from(), true)),
                        deputies.at(moment).stream()
                                .filter(deputy -> deputy.deputy().equals(person))
                                .map(deputy -> new Principal(deputy.person(), false)))
                .distinct()
                .toList();
        return principals.isEmpty()
                        || AccountIds.isOne(person, request.requester())
                        || !standIns.may(person, level, request, moment)
                ? List.of()
                : principals;
    }

    /** The deputies of these people. */
    Set<String> deputiesOf(Collection<String> people, Level level, AccessRequest request, Instant moment) {
        return deputies.at(moment).stream()
                .filter(deputy -> people.contains(deputy.person()))
                .map(Deputies.Deputy::deputy)
                .distinct()
                .filter(deputy -> standIns.may(deputy, level, request, moment))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * What was handed over and rests there still. Where whom it was handed to may not stand in any more, or has been heard,
     * it is back with whose it is: nothing is to wait for nobody.
     */
    List<HandedOvers.Passed> passed(Level level, int position, AccessRequest request, Instant moment) {
        List<HandedOvers.Passed> all = handedOvers.of(request.id(), position);
        if (all.isEmpty()) {
            return all;
        }
        List<Approval> answers = approvals.of(request.id());
        return all.stream()
                .filter(passed -> !Approvals.hasBeenHeard(passed.to(), answers)
                        && standIns.may(passed.to(), level, request, moment))
                .toList();
    }
}
