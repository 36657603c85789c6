package dev.drawbridge.approval;

import dev.drawbridge.guardrails.Level;
import dev.drawbridge.platform.Cluster;
import dev.drawbridge.process.AccessTasks;
import dev.drawbridge.process.AccessTasks.Audience;
import dev.drawbridge.process.AccountIds;
import dev.drawbridge.process.Acting;
import dev.drawbridge.process.ProcessNames;
import dev.drawbridge.request.AccessRequest;
import dev.drawbridge.request.AccessRequests;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.event.TransactionalEventListener;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Shows each open task to those who may answer it by now, and to nobody else: deputies come and go, people join groups and
 * leave them. Whether somebody may answer is asked again when they do.
 */
@Component
class ApprovalTasks {
    private static final Logger log = LoggerFactory.getLogger(ApprovalTasks.class);
    private static final int MOST = 500;

    private final Cluster cluster;
    private final AccessTasks tasks;
    private final AccessRequests requests;
    private final RequestEnds ends;
    private final LevelClock levels;
    private final LevelPeople levelPeople;
    private final Approvals approvals;
    private final Candidates candidates;
    private final Escalations escalations;
    private final Deputies deputies;
    private final TasklistRights rights;
    private final Acting acting;
    private final TransactionTemplate apart;
    private final Clock clock;

    ApprovalTasks(
            Cluster cluster,
            AccessTasks tasks,
            AccessRequests requests,
            RequestEnds ends,
            LevelClock levels,
            LevelPeople levelPeople,
            Approvals approvals,
            Candidates candidates,
            Escalations escalations,
            Deputies deputies,
            TasklistRights rights,
            Acting acting,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.cluster = cluster;
        this.tasks = tasks;
        this.requests = requests;
        this.ends = ends;
        this.levels = levels;
        this.levelPeople = levelPeople;
        this.approvals = approvals;
        this.candidates = candidates;
        this.escalations = escalations;
        this.deputies = deputies;
        this.rights = rights;
        this.acting = acting;
        // After a commit the transaction that is over would be joined, and nobody would commit what is done here.
        this.apart = new TransactionTemplate(transactions);
        this.apart.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        this.clock = clock;
    }

    @TransactionalEventListener
    void opened(LevelOpened event) {
        acting.asEngine(() -> requests.find(event.requestId())
                .ifPresent(request -> levels.open(request.id())
                        .map(position -> asked(request, position).people())
                        .ifPresent(rights::letIn)));
    }

    @TransactionalEventListener
    void appointed(DeputyAppointed event) {
        Deputies.Deputy deputy = event.deputy();
        if (!deputy.startsAt().isAfter(clock.instant())) {
            // What the absent person has claimed would be hidden from the deputy.
            apart.executeWithoutResult(status -> tasks.releaseTasksOf(deputy.person(), ProcessNames.APPROVE_ACCESS));
        }
        show(tasks.shownTo(deputy.person(), ProcessNames.APPROVE_ACCESS, MOST));
    }

    @TransactionalEventListener
    void dismissed(DeputyDismissed event) {
        show(tasks.shownTo(event.deputy().deputy(), ProcessNames.APPROVE_ACCESS, MOST));
    }

    @Scheduled(
            fixedDelayString = "${drawbridge.approval-tasks.every:PT30S}",
            initialDelayString = "${drawbridge.approval-tasks.every:PT30S}")
    void show() {
        cluster.onceAtATime("show approval tasks", () -> show(tasks.instancesAt(ProcessNames.APPROVE_ACCESS)));
    }

    /** Each by itself: what fails at one keeps none of the others, and the next round comes. */
    private void show(Collection<String> instances) {
        acting.asEngine(() -> instances.forEach(this::showOne));
    }

    private void showOne(String instance) {
        try {
            requests.findByProcessInstance(instance)
                    .map(request -> apart.execute(status -> show(request)))
                    .ifPresent(rights::letIn);
        } catch (RuntimeException overtaken) {
            log.warn("The task of instance {} is shown to whom it waits for in the next round", instance, overtaken);
        }
    }

    /** Shows it as it is to be now, in the caller's transaction; whom the task names then. */
    Set<String> show(AccessRequest request) {
        // With an answer at the same moment, the next task would be shown to the people of the last one.
        requests.lock(request.id());
        Optional<Integer> open = levels.open(request.id());
        if (open.isEmpty()) {
            return Set.of();
        }
        if (!ends.isUndecided(request.id())) {
            tasks.showTo(
                    request.processInstanceId(),
                    ProcessNames.APPROVE_ACCESS,
                    new Audience(Set.of(), Set.of(), Set.of()));
            return Set.of();
        }
        int position = open.get();
        List<Approval> answers = approvals.of(request.id());
        Level level = levels.levels(request.id()).get(position);
        Asked asked = asked(request, position);
        releaseWhatTheAbsentHold(request);
        tasks.showTo(
                request.processInstanceId(),
                ProcessNames.APPROVE_ACCESS,
                new Audience(asked.groups(), asked.people(), candidates.all(request, level, position, answers)));
        return asked.people();
    }

    /** What somebody claimed before their absence began would be hidden from the deputy; what they claim since is meant. */
    private void releaseWhatTheAbsentHold(AccessRequest request) {
        tasks.claimedBy(request.processInstanceId(), ProcessNames.APPROVE_ACCESS)
                .flatMap(person -> deputies.at(clock.instant()).stream()
                        .filter(deputy -> deputy.person().equals(person))
                        .map(Deputies.Deputy::startsAt)
                        .max(Instant::compareTo))
                .ifPresent(absence -> tasks.releaseWhatWasClaimedBefore(
                        absence, request.processInstanceId(), ProcessNames.APPROVE_ACCESS));
    }

    /**
     * Who is asked at a level. Once somebody has been heard, at whichever level, or has handed it over, they are not asked
     * again: then there are no groups, and who is left is named one by one.
     *
     * @param groups whose members are asked
     * @param people who is asked beside those
     */
    record Asked(Set<String> groups, Set<String> people) {}

    Asked asked(AccessRequest request, int position) {
        List<Approval> answers = approvals.of(request.id());
        Level level = levels.levels(request.id()).get(position);
        List<String> able = candidates.of(request, level, position, answers);
        boolean notEverybody = able.size()
                != candidates.unheard(request, level, position, List.of()).size();
        Set<String> people = candidates.inPlaceOfOthers(request, level, position, answers);
        if (notEverybody) {
            people.addAll(able);
            return new Asked(Set.of(), people);
        }
        people.addAll(levelPeople.of(level, request, clock.instant()));
        people.removeIf(person -> AccountIds.isOne(person, request.requester()));
        Set<String> groups = new TreeSet<>(level.groups());
        escalations.of(request.id(), position).forEach(added -> groups.addAll(added.groups()));
        return new Asked(groups, people);
    }
}
