package dev.drawbridge.approval;

import dev.drawbridge.catalog.Catalog;
import dev.drawbridge.catalog.Entitlement;
import dev.drawbridge.deputies.Deputies;
import dev.drawbridge.directory.Directory;
import dev.drawbridge.guardrails.AccessHeld;
import dev.drawbridge.guardrails.HeldAccess;
import dev.drawbridge.guardrails.Level;
import dev.drawbridge.process.AccessTasks;
import dev.drawbridge.process.ProcessNames;
import dev.drawbridge.request.AccessRequest;
import dev.drawbridge.request.RequestView;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What a request waits for, what happens next and when: for the requester who waits, and for who is to answer. */
@Component
public class Waiting {
    private final ApprovalCases cases;
    private final Electorates electorates;
    private final Narrowing narrowing;
    private final AccessTasks tasks;
    private final Catalog catalog;
    private final AccessHeld held;
    private final AnswerBy answerBy;
    private final Directory people;

    Waiting(
            ApprovalCases cases,
            Electorates electorates,
            Narrowing narrowing,
            AccessTasks tasks,
            Catalog catalog,
            AccessHeld held,
            AnswerBy answerBy,
            Directory people) {
        this.cases = cases;
        this.electorates = electorates;
        this.narrowing = narrowing;
        this.tasks = tasks;
        this.catalog = catalog;
        this.held = held;
        this.answerBy = answerBy;
        this.people = people;
    }

    /**
     * The level that is open.
     *
     * @param position counts from 1, of {@code levels}
     * @param waitsFor the names of those who may answer and have not: in place of who handed it over, whom they handed it to
     * @param escalatesTo the names of the groups that may answer as well then
     * @param awaitsAnswer whether the requester has been asked something: then the clock stands still
     * @param answerDueAt until when the requester can answer; none where they have not been asked
     * @param claimedBy the name of who has claimed the task; none where nobody has
     */
    public record OpenLevel(
            String name,
            int position,
            int levels,
            Instant since,
            List<String> waitsFor,
            int quorum,
            int approved,
            boolean awaitsAnswer,
            @Nullable Instant answerDueAt,
            @Nullable String claimedBy,
            @Nullable Instant reminderAt,
            @Nullable Instant escalatesAt,
            List<String> escalatesTo,
            Instant deadlineAt) {}

    /** What access that is held would come to with more time. */
    public record MoreTime(Duration inAll, Instant until) {}

    /** A lesser entitlement. */
    public record Lesser(String id, String name) {}

    /**
     * Everything around the approval of a request.
     *
     * @param open none where it waits for nobody
     * @param entitlement what would be given by now, with its name
     * @param moreTime none where it asks for access of its own
     * @param holds what the requester holds already, by name
     * @param names what people call whoever has a part in it, by account
     */
    public record Around(
            @Nullable OpenLevel open,
            String entitlement,
            String entitlementName,
            Duration duration,
            @Nullable MoreTime moreTime,
            List<Lesser> narrower,
            List<Question> thread,
            List<String> holds,
            Map<String, String> names) {}

    public Around of(AccessRequest request) {
        ApprovalCase approval = cases.load(request.id());
        Scope scope = approval.scope();
        return new Around(
                open(approval).orElse(null),
                scope.entitlement(),
                name(scope.entitlement()),
                scope.duration(),
                moreTime(approval).orElse(null),
                narrowing.lesserThan(request, scope.entitlement()).stream()
                        .map(lesser -> new Lesser(lesser.id(), lesser.name()))
                        .toList(),
                approval.questions(),
                held.heldBy(request.requester()).stream()
                        .map(HeldAccess::entitlement)
                        .map(this::name)
                        .distinct()
                        .toList(),
                people.namesById(parties(approval)));
    }

    private static Set<String> parties(ApprovalCase approval) {
        return Stream.of(
                        Stream.of(approval.request().requester()),
                        approval.answers().stream().map(Approval::approver),
                        approval.answers().stream().map(Approval::forPerson).filter(Objects::nonNull),
                        approval.questions().stream().map(Question::askedBy))
                .flatMap(Function.identity())
                .collect(Collectors.toSet());
    }

    private Optional<MoreTime> moreTime(ApprovalCase approval) {
        Duration more = approval.scope().duration();
        return answerBy.held(approval)
                .map(access -> new MoreTime(
                        access.total().plus(more), access.expiresAt().plus(more)));
    }

    /**
     * The least that tells somebody who is to answer what it is about.
     *
     * @param title what would be given by now, as people call it
     * @param claimedBy the account that has claimed the task
     */
    public record Brief(String title, Duration duration, Instant deadlineAt, Optional<String> claimedBy) {}

    /** What a person is asked; none where their answer is not wanted now: by whom it is claimed does not matter. */
    public Optional<Brief> askedOf(String person, AccessRequest request) {
        return askedOf(person, List.of(request.processInstanceId())).stream()
                .map(Asked::brief)
                .findFirst();
    }

    /** A request, and what a person is asked about it. */
    public record Asked(AccessRequest request, Brief brief) {}

    /** As {@link #askedOf(String, AccessRequest)}, for the requests that these process instances carry, in their order. */
    private List<Asked> askedOf(String person, List<String> instances) {
        List<ApprovalCase> approvals = cases.ofInstances(instances);
        return askedOf(
                person,
                approvals,
                electorates.now(approvals),
                tasks.claims(ProcessNames.APPROVE_ACCESS, instances),
                instances);
    }

    private List<Asked> askedOf(
            String person,
            List<ApprovalCase> approvals,
            Map<UUID, Electorate> electorate,
            Map<String, Optional<String>> claims,
            List<String> inOrder) {
        return approvals.stream()
                .filter(approval -> approval.waits() && !approval.hasBeenHeard(person))
                .filter(approval -> claims.containsKey(approval.request().processInstanceId()))
                .filter(approval -> Objects.requireNonNull(electorate.get(approval.id()))
                        .mayAnswer(person, approval.open().orElseThrow()))
                .sorted(Comparator.comparing(
                        approval -> inOrder.indexOf(approval.request().processInstanceId())))
                .map(approval -> new Asked(
                        approval.request(),
                        new Brief(
                                title(approval),
                                approval.scope().duration(),
                                answerBy.ofLevel(approval, approval.open().orElseThrow()),
                                Objects.requireNonNull(
                                        claims.get(approval.request().processInstanceId())))))
                .toList();
    }

    /** What waits around a person, read once: what they are asked, what is due first first, and what they have asked for. */
    public final class Board {
        private final String person;
        private final List<ApprovalCase> approvals;
        private final Map<String, Optional<String>> claims;
        private final List<Deputies.Deputy> standing;

        private Board(String person, List<ApprovalCase> approvals, Map<String, Optional<String>> claims) {
            this.person = person;
            this.approvals = approvals;
            this.claims = claims;
            this.standing = approvals.isEmpty() ? List.of() : electorates.standing();
        }

        /** The groups whose members or names tell who may answer. */
        public Set<String> groups() {
            return Stream.concat(
                            electorates.groups(approvals).stream(),
                            approvals.stream().filter(ApprovalCase::waits).flatMap(one -> nextTier(one).stream()))
                    .collect(Collectors.toSet());
        }

        /** Everybody who may have a part in it by name. */
        public Set<String> people() {
            return Stream.of(
                            electorates.persons(approvals).stream(),
                            approvals.stream()
                                    .map(approval -> approval.request().requester()),
                            approvals.stream().flatMap(approval -> parties(approval).stream()),
                            standing.stream().flatMap(one -> Stream.of(one.person(), one.deputy())),
                            claims.values().stream().flatMap(Optional::stream))
                    .flatMap(Function.identity())
                    .collect(Collectors.toSet());
        }

        /** What the person is asked, and the levels at which these requests are open. */
        public Looked look(Collection<UUID> own) {
            Map<UUID, Electorate> electorate = approvals.isEmpty() ? Map.of() : electorates.now(approvals, standing);
            return new Looked(
                    askedOf(person, approvals, electorate, claims, List.copyOf(claims.keySet())),
                    open(
                            approvals.stream()
                                    .filter(approval -> approval.waits() && own.contains(approval.id()))
                                    .toList(),
                            electorate,
                            claims));
        }
    }

    /** What a person is asked, and where what they have asked for waits, by request. */
    public record Looked(List<Asked> asked, Map<UUID, OpenLevel> open) {}

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
        return new Board(person, cases.ofInstances(instances), claims);
    }

    /** What people call what is asked for, as far as it has been narrowed: {@code Orders, masked, more time}. */
    public String title(AccessRequest request) {
        return cases.loadAll(Set.of(request.id())).stream()
                .map(this::title)
                .findFirst()
                .orElseGet(() -> RequestView.title(name(request.entitlement()), request.extending()));
    }

    private String title(ApprovalCase approval) {
        return RequestView.title(
                name(approval.scope().entitlement()), approval.request().extending());
    }

    /** The ids of those who may answer now, in whichever capacity; empty where it waits for nobody. */
    public Collection<String> candidates(AccessRequest request) {
        ApprovalCase approval = cases.load(request.id());
        return approval.open()
                .<Collection<String>>map(level -> electorates.now(approval).everybody(level))
                .orElse(List.of());
    }

    /** The level that is open; none where the request waits for nobody. */
    public Optional<OpenLevel> open(AccessRequest request) {
        return open(cases.load(request.id()));
    }

    private Optional<OpenLevel> open(ApprovalCase approval) {
        return Optional.ofNullable(open(List.of(approval)).get(approval.id()));
    }

    private Map<UUID, OpenLevel> open(List<ApprovalCase> all) {
        List<ApprovalCase> waiting = all.stream().filter(ApprovalCase::waits).toList();
        return open(
                waiting,
                electorates.now(waiting),
                tasks.claims(
                        ProcessNames.APPROVE_ACCESS,
                        waiting.stream()
                                .map(approval -> approval.request().processInstanceId())
                                .toList()));
    }

    private Map<UUID, OpenLevel> open(
            List<ApprovalCase> waiting, Map<UUID, Electorate> electorate, Map<String, Optional<String>> claims) {
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
                .flatMap(approval -> nextTier(approval).stream())
                .collect(Collectors.toSet()));
        return waiting.stream()
                .collect(Collectors.toMap(
                        ApprovalCase::id,
                        approval -> open(
                                approval,
                                Objects.requireNonNull(awaited.get(approval.id())).stream()
                                        .map(person -> Objects.requireNonNull(names.get(person)))
                                        .toList(),
                                claims.getOrDefault(approval.request().processInstanceId(), Optional.empty())
                                        .map(names::get)
                                        .orElse(null),
                                nextTier(approval).stream()
                                        .map(group -> Objects.requireNonNull(groups.get(group)))
                                        .toList())));
    }

    /** The groups that may answer as well, once the open level has waited for longer. */
    private static List<String> nextTier(ApprovalCase approval) {
        int position = approval.open().orElseThrow();
        return approval.level(position).escalations().stream()
                .skip(approval.tiersAt(position).size())
                .limit(1)
                .flatMap(tier -> tier.groups().stream())
                .toList();
    }

    private OpenLevel open(
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

    private String name(String entitlement) {
        return catalog.find(entitlement).map(Entitlement::name).orElse(entitlement);
    }
}
