package dev.drawbridge.console;

import dev.drawbridge.approval.Waiting;
import dev.drawbridge.catalog.WallClock;
import dev.drawbridge.process.AccessTasks;
import dev.drawbridge.process.People;
import dev.drawbridge.process.ProcessNames;
import dev.drawbridge.request.AccessRequest;
import dev.drawbridge.request.AccessRequests;
import dev.drawbridge.request.InWords;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The requests that wait for a person's answer, in the words of the start page. */
@Component
class WantedAnswers {
    /** How many a page shows well; all of them are in Tasklist. */
    static final int SHOWN = 20;

    /** Some that are shown to a group do not wait for each of its members. */
    private static final int LOOKED_AT = 100;

    private final AccessTasks tasks;
    private final AccessRequests requests;
    private final Waiting waiting;
    private final People people;

    WantedAnswers(AccessTasks tasks, AccessRequests requests, Waiting waiting, People people) {
        this.tasks = tasks;
        this.requests = requests;
        this.waiting = waiting;
        this.people = people;
    }

    /**
     * A request that waits for an answer, as a line.
     *
     * @param claimedBy the name of the colleague who has claimed it; none: nobody, or oneself
     */
    public record Line(
            UUID id,
            String requesterName,
            String title,
            String duration,
            String why,
            String deadline,
            @Nullable String claimedBy) {}

    /** Those that time out first, first; no more than a page shows well. */
    List<Line> of(People.Person me, WallClock clock) {
        return tasks.shownTo(me.id(), ProcessNames.APPROVE_ACCESS, LOOKED_AT).stream()
                .flatMap(instance -> requests.findByProcessInstance(instance).stream())
                .flatMap(request ->
                        waiting.askedOf(me.id(), request).map(asked -> line(request, asked, me, clock)).stream())
                .limit(SHOWN)
                .toList();
    }

    private Line line(AccessRequest request, Waiting.Brief asked, People.Person me, WallClock clock) {
        return new Line(
                request.id(),
                people.nameOf(request.requester()),
                asked.title(),
                InWords.length(asked.duration()),
                request.justification(),
                clock.moment(asked.deadlineAt()),
                asked.claimedBy()
                        .filter(person -> !person.equals(me.id()))
                        .map(people::nameOf)
                        .orElse(null));
    }
}
