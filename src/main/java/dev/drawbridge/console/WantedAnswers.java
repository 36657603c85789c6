package dev.drawbridge.console;

import dev.drawbridge.approval.Asked;
import dev.drawbridge.approval.ToDo;
import dev.drawbridge.catalog.WallClock;
import dev.drawbridge.directory.Directory;
import dev.drawbridge.request.InWords;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The requests that wait for a person's answer, and what else they are to do for some, in the words of the start page. */
@Component
class WantedAnswers {
    /** How many a page shows well; all of them are in Tasklist. */
    static final int SHOWN = 20;

    /** Some that are shown to a group do not wait for each of its members. */
    static final int LOOKED_AT = 100;

    private final Directory people;

    WantedAnswers(Directory people) {
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
    List<Line> lines(List<Asked> all, Directory.Person me, WallClock clock) {
        List<Asked> asked = all.stream().limit(SHOWN).toList();
        Map<String, String> names = people.namesById(asked.stream()
                .flatMap(one -> Stream.concat(Stream.of(one.request().requester()), one.claimedBy().stream()))
                .toList());
        return asked.stream().map(one -> line(one, me, clock, names)).toList();
    }

    /**
     * Something that a company's own process asks to be done, as a line.
     *
     * @param task its name
     */
    public record TaskLine(String taskId, String task, String requesterName, String title, String why, String since) {}

    /** What waits longest first; no more than a page shows well. */
    List<TaskLine> tasks(List<ToDo> all, WallClock clock) {
        List<ToDo> toDo = all.stream().limit(SHOWN).toList();
        Map<String, String> names = people.namesById(
                toDo.stream().map(one -> one.request().requester()).toList());
        return toDo.stream()
                .map(one -> new TaskLine(
                        one.taskId(),
                        one.task(),
                        Objects.requireNonNull(names.get(one.request().requester())),
                        one.title(),
                        one.request().justification(),
                        clock.moment(one.since())))
                .toList();
    }

    private static Line line(Asked asked, Directory.Person me, WallClock clock, Map<String, String> names) {
        return new Line(
                asked.request().id(),
                Objects.requireNonNull(names.get(asked.request().requester())),
                asked.title(),
                InWords.length(asked.duration()),
                asked.request().justification(),
                clock.moment(asked.deadlineAt()),
                asked.claimedBy()
                        .filter(person -> !person.equals(me.id()))
                        .map(names::get)
                        .orElse(null));
    }
}
