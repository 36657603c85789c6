package dev.drawbridge.approval;

import dev.drawbridge.deputies.Deputies;
import dev.drawbridge.process.AccessTasks;
import dev.drawbridge.process.ProcessNames;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** What waits around a person, for their start page: with the same few statements, however much it is. */
@Component
public class Boards {
    private final ApprovalCases cases;
    private final Electorates electorates;
    private final AccessTasks tasks;
    private final Asks asks;
    private final OpenLevels levels;
    private final OwnTasks ownTasks;

    Boards(
            ApprovalCases cases,
            Electorates electorates,
            AccessTasks tasks,
            Asks asks,
            OpenLevels levels,
            OwnTasks ownTasks) {
        this.cases = cases;
        this.electorates = electorates;
        this.tasks = tasks;
        this.asks = asks;
        this.levels = levels;
        this.ownTasks = ownTasks;
    }

    /**
     * Reads what waits around a person who is in these groups.
     *
     * @param most of what is shown to them
     * @param own the process instances of what they have asked for
     */
    public Board around(String person, Collection<String> groups, int most, Collection<String> own) {
        Map<String, Optional<String>> claims = tasks.board(person, groups, ProcessNames.APPROVE_ACCESS, most, own);
        // What waits for the requester's own word has no task for an approver.
        Set<String> instances =
                Stream.concat(claims.keySet().stream(), own.stream()).collect(Collectors.toSet());
        List<OwnTasks.Open> toDo = ownTasks.openFor(person, groups, most);
        toDo.forEach(one -> instances.add(one.instance()));
        return new Board(person, cases.ofInstances(instances), claims, toDo);
    }

    /** What waits around a person, read once: what they are asked, what is due first first, and what they have asked for. */
    public final class Board {
        private final String person;
        private final List<ApprovalCase> approvals;
        private final Map<String, Optional<String>> claims;
        private final List<OwnTasks.Open> toDo;
        private final List<Deputies.Deputy> standing;

        private Board(
                String person,
                List<ApprovalCase> approvals,
                Map<String, Optional<String>> claims,
                List<OwnTasks.Open> toDo) {
            this.person = person;
            this.approvals = approvals;
            this.claims = claims;
            this.toDo = toDo;
            this.standing = approvals.isEmpty() ? List.of() : electorates.standing();
        }

        /** The groups whose members or names tell who may answer. */
        public Set<String> groups() {
            return Stream.concat(
                            electorates.groups(approvals).stream(),
                            approvals.stream().filter(ApprovalCase::waits).flatMap(one -> one.nextTier().stream()))
                    .collect(Collectors.toSet());
        }

        /** Everybody who may have a part in it by name. */
        public Set<String> people() {
            return Stream.of(
                            electorates.persons(approvals).stream(),
                            approvals.stream().flatMap(approval -> approval.parties().stream()),
                            standing.stream().flatMap(one -> Stream.of(one.person(), one.deputy())),
                            claims.values().stream().flatMap(Optional::stream))
                    .flatMap(Function.identity())
                    .collect(Collectors.toSet());
        }

        /** What the person is asked, and the levels at which these requests are open. */
        public Looked look(Collection<UUID> own) {
            Map<UUID, Electorate> electorate = approvals.isEmpty() ? Map.of() : electorates.now(approvals, standing);
            List<ApprovalCase> waiting = approvals.stream()
                    .filter(approval -> approval.waits() && own.contains(approval.id()))
                    .toList();
            return new Looked(
                    asks.of(person, approvals, electorate, claims),
                    asks.toDo(person, approvals, toDo),
                    levels.of(waiting, electorate, claims));
        }
    }

    /** What a person is asked, what they are to do, and where what they have asked for waits, by request. */
    public record Looked(List<Asked> asked, List<ToDo> toDo, Map<UUID, OpenLevel> open) {}
}
