package dev.drawbridge.console;

import dev.drawbridge.approval.Waiting;
import dev.drawbridge.catalog.BusinessCalendar;
import dev.drawbridge.process.AccessTasks;
import dev.drawbridge.process.People;
import dev.drawbridge.process.ProcessNames;
import dev.drawbridge.request.AccessRequest;
import dev.drawbridge.request.AccessRequests;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** The requests that wait for a person's answer, in the words of the start page. */
@Component
class WantedAnswers {
    /** How many a page shows well; all of them are in Tasklist. */
    static final int SHOWN = 20;

    private final AccessTasks tasks;
    private final AccessRequests requests;
    private final Waiting waiting;
    private final People people;
    private final BusinessCalendar calendar;

    WantedAnswers(
            AccessTasks tasks, AccessRequests requests, Waiting waiting, People people, BusinessCalendar calendar) {
        this.tasks = tasks;
        this.requests = requests;
        this.waiting = waiting;
        this.people = people;
        this.calendar = calendar;
    }

    /** A request that waits for an answer, as a line. */
    public record Line(
            UUID id, String requesterName, String entitlementName, String duration, String why, String deadline) {}

    /** Those that time out first, first; no more than a page shows well. */
    List<Line> of(People.Person me) {
        return tasks.shownTo(me.id(), ProcessNames.APPROVE_ACCESS).stream()
                .flatMap(instance -> requests.findByProcessInstance(instance).stream())
                .filter(request -> waiting.candidates(request).contains(me.id()))
                .flatMap(request -> line(request, me).stream())
                .limit(SHOWN)
                .toList();
    }

    private Optional<Line> line(AccessRequest request, People.Person me) {
        Waiting.Around around = waiting.of(request);
        return Optional.ofNullable(around.open())
                .map(open -> new Line(
                        request.id(),
                        people.nameOf(request.requester()),
                        around.entitlementName() + (around.moreTime() == null ? "" : ", more time"),
                        BusinessCalendar.spoken(around.duration()),
                        request.justification(),
                        calendar.spoken(open.deadlineAt(), me.groups())));
    }
}
