package dev.drawbridge.approval;

import dev.drawbridge.deputies.Deputies;
import dev.drawbridge.directory.AccountIds;
import dev.drawbridge.directory.Relation;
import dev.drawbridge.guardrails.Level;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which of several managers, say, are asked at a level: as many as it needs, in their order. Who is away and has nobody to stand
 * in there, or has been heard at a level before, is passed over; once the level has waited for long, all may answer.
 *
 * @param standIns who may stand in at the level
 * @param standing the deputies of the moment
 */
record InOrder(ApprovalCase approval, int position, Set<String> standIns, List<Deputies.Deputy> standing) {

    /** What the level's people are to the requester, where they come from that. */
    static Optional<Relation> relation(Level level) {
        return Optional.ofNullable(level.source()).flatMap(source -> source.relation());
    }

    static boolean isKept(Level level) {
        return relation(level).isPresent();
    }

    Set<String> asked(Collection<String> inOrder) {
        if (!approval.tiersAt(position).isEmpty()) {
            return Set.copyOf(inOrder);
        }
        return Stream.concat(
                        inOrder.stream().filter(person -> !isPassedOver(person)),
                        inOrder.stream().filter(this::isPassedOver))
                .limit(approval.level(position).quorum())
                .collect(Collectors.toUnmodifiableSet());
    }

    private boolean isPassedOver(String person) {
        return wasHeardBefore(person) || isAwayWithoutAnybody(person);
    }

    /** Nobody counts for two levels. What was answered later says nothing of who was asked here. */
    private boolean wasHeardBefore(String person) {
        return approval.answers().stream()
                .filter(answer -> answer.level() < position)
                .anyMatch(answer ->
                        AccountIds.isOne(person, answer.approver()) || AccountIds.isOne(person, answer.forPerson()));
    }

    /** Away is who has named a deputy for the time; whoever that is may not be one who may stand in here. */
    private boolean isAwayWithoutAnybody(String person) {
        List<String> named = standing.stream()
                .filter(one -> one.person().equals(person))
                .map(Deputies.Deputy::deputy)
                .toList();
        return !named.isEmpty()
                && named.stream().noneMatch(deputy -> standIns.contains(deputy) && !wasHeardBefore(deputy));
    }
}
