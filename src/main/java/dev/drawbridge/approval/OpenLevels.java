package dev.drawbridge.approval;

import dev.drawbridge.directory.Directory;
import dev.drawbridge.guardrails.Level;
import dev.drawbridge.process.AccessTasks;
import dev.drawbridge.process.ProcessNames;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Tells of the levels that wait, for one request or for many with the same statements. */
@Component
public class OpenLevels {
    private final ApprovalCases cases;
    private final Electorates electorates;
    private final AnswerBy answerBy;
    private final AccessTasks tasks;
    private final Directory people;

    OpenLevels(ApprovalCases cases, Electorates electorates, AnswerBy answerBy, AccessTasks tasks, Directory people) {
        this.cases = cases;
        this.electorates = electorates;
        this.answerBy = answerBy;
        this.tasks = tasks;
        this.people = people;
    }

    /** The level that is open; none where the request waits for nobody. */
    public Optional<OpenLevel> of(ApprovalCase approval) {
        List<ApprovalCase> waiting =
                Stream.of(approval).filter(ApprovalCase::waits).toList();
        Map<UUID, OpenLevel> open = of(
                waiting,
                electorates.now(waiting),
                tasks.claims(
                        ProcessNames.APPROVE_ACCESS,
                        waiting.stream()
                                .map(one -> one.request().processInstanceId())
                                .toList()));
        return Optional.ofNullable(open.get(approval.id()));
    }

    /**
     * By request.
     *
     * @param waiting cases that wait for approvers
     * @param electorate who may answer them, by request
     * @param claims the accounts that have claimed their tasks, by process instance
     */
    Map<UUID, OpenLevel> of(
            Collection<ApprovalCase> waiting, Map<UUID, Electorate> electorate, Map<String, Optional<String>> claims) {
        Map<UUID, Set<String>> awaited = waiting.stream()
                .collect(Collectors.toMap(
                        ApprovalCase::id,
                        approval -> Objects.requireNonNull(electorate.get(approval.id()))
                                .awaited(approval.open().orElseThrow())));
        Map<String, String> names = people.namesById(Stream.concat(
                        awaited.values().stream().flatMap(Set::stream),
                        claims.values().stream().flatMap(Optional::stream))
                .toList());
        Map<String, String> groups = people.namesOfGroups(waiting.stream()
                .flatMap(approval -> approval.nextTier().stream())
                .collect(Collectors.toSet()));
        return waiting.stream()
                .collect(Collectors.toMap(
                        ApprovalCase::id,
                        approval -> of(
                                approval,
                                named(Objects.requireNonNull(awaited.get(approval.id())), names),
                                claims.getOrDefault(approval.request().processInstanceId(), Optional.empty())
                                        .map(names::get)
                                        .orElse(null),
                                named(approval.nextTier(), groups))));
    }

    private static List<String> named(Collection<String> ids, Map<String, String> names) {
        return ids.stream().map(id -> Objects.requireNonNull(names.get(id))).toList();
    }

    private OpenLevel of(
            ApprovalCase approval, List<String> waitsFor, @Nullable String claimedBy, List<String> escalatesTo) {
        int position = approval.open().orElseThrow();
        Level level = approval.level(position);
        LevelTimes times = cases.times(approval);
        boolean asked = approval.openQuestion().isPresent();
        return new OpenLevel(
                level.name(),
                position + 1,
                approval.levels().size(),
                times.began(position),
                waitsFor,
                level.quorum(),
                approval.approvals(position),
                asked,
                asked ? answerBy.ofQuestion(approval, position) : null,
                claimedBy,
                times.nextReminder(position).orElse(null),
                times.nextTier(position).orElse(null),
                escalatesTo,
                answerBy.ofLevel(approval, position));
    }
}
