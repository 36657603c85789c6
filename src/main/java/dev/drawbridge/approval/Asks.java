package dev.drawbridge.approval;

import dev.drawbridge.directory.AccountIds;
import dev.drawbridge.process.AccessTasks;
import dev.drawbridge.process.ProcessNames;
import dev.drawbridge.request.AccessRequest;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** What a person is asked: the requests that wait for their answer now. */
@Component
public class Asks {
    private final ApprovalCases cases;
    private final Electorates electorates;
    private final AnswerBy answerBy;
    private final AccessTasks tasks;
    private final Waiting waiting;

    Asks(ApprovalCases cases, Electorates electorates, AnswerBy answerBy, AccessTasks tasks, Waiting waiting) {
        this.cases = cases;
        this.electorates = electorates;
        this.answerBy = answerBy;
        this.tasks = tasks;
        this.waiting = waiting;
    }

    /** None where their answer is not wanted now: by whom it is claimed does not matter. */
    public Optional<Asked> of(String person, AccessRequest request) {
        List<String> instance = List.of(request.processInstanceId());
        List<ApprovalCase> approvals = cases.ofInstances(instance);
        return of(person, approvals, electorates.now(approvals), tasks.claims(ProcessNames.APPROVE_ACCESS, instance))
                .stream()
                .findFirst();
    }

    /**
     * In the order of {@code claims}.
     *
     * @param electorate who may answer these, by request
     * @param claims the open tasks by process instance, and the accounts that have claimed them
     */
    List<Asked> of(
            String person,
            Collection<ApprovalCase> approvals,
            Map<UUID, Electorate> electorate,
            Map<String, Optional<String>> claims) {
        List<String> inOrder = List.copyOf(claims.keySet());
        return approvals.stream()
                .filter(approval -> approval.waits() && !approval.hasBeenHeard(person))
                .filter(approval -> claims.containsKey(approval.request().processInstanceId()))
                .filter(approval -> Objects.requireNonNull(electorate.get(approval.id()))
                        .mayAnswer(person, approval.open().orElseThrow()))
                .sorted(Comparator.comparing(
                        approval -> inOrder.indexOf(approval.request().processInstanceId())))
                .map(approval -> asked(
                        approval,
                        Objects.requireNonNull(claims.get(approval.request().processInstanceId()))))
                .toList();
    }

    /** What is to be done for these, in the order of {@code open}; a requester does not do it for themselves. */
    List<ToDo> toDo(String person, Collection<ApprovalCase> approvals, List<OwnTasks.Open> open) {
        Map<UUID, ApprovalCase> byRequest =
                approvals.stream().collect(Collectors.toMap(ApprovalCase::id, Function.identity()));
        return open.stream()
                .flatMap(one -> Stream.ofNullable(byRequest.get(one.task().requestId()))
                        .filter(approval ->
                                !AccountIds.isOne(person, approval.request().requester()))
                        .map(approval -> new ToDo(
                                approval.request(),
                                waiting.title(approval),
                                one.task().name(),
                                one.task().id(),
                                one.since())))
                .toList();
    }

    private Asked asked(ApprovalCase approval, Optional<String> claimedBy) {
        return new Asked(
                approval.request(),
                waiting.title(approval),
                approval.scope().duration(),
                answerBy.ofLevel(approval, approval.open().orElseThrow()),
                claimedBy);
    }
}
