package dev.drawbridge.audit;

import dev.drawbridge.approval.OwnTask;
import dev.drawbridge.approval.OwnTaskDone;
import dev.drawbridge.approval.OwnTaskGone;
import dev.drawbridge.approval.OwnTaskOpened;
import dev.drawbridge.platform.PlainText;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** What companies' own processes have asked people to do, and who did it. */
@Component
class OwnTasksOnRecord {
    private static final String SYSTEM = "system";

    private final Entries entries;
    private final Names names;

    OwnTasksOnRecord(Entries entries, Names names) {
        this.entries = entries;
        this.names = names;
    }

    @EventListener
    void on(OwnTaskOpened event) {
        OwnTask task = event.task();
        String by = Stream.concat(
                        new TreeSet<>(task.groups()).stream(),
                        new TreeSet<>(task.people()).stream().map(names::who))
                .collect(Collectors.joining(" or "));
        entries.add(new Entry(
                SYSTEM,
                "task-opened",
                task.requestId(),
                "The process waits for: " + task.name() + (by.isEmpty() ? "" : ", by " + by) + ".",
                Map.of("task", task.key(), "groups", task.groups(), "people", task.people())));
    }

    @EventListener
    void on(OwnTaskDone event) {
        OwnTask task = event.task();
        entries.add(new Entry(
                event.by(),
                "task-done",
                task.requestId(),
                names.who(event.by()) + " completed " + PlainText.quoted(task.name())
                        + (event.note().isEmpty() ? "." : ": " + PlainText.quoted(event.note())),
                Map.of("task", task.key())));
    }

    @EventListener
    void on(OwnTaskGone event) {
        OwnTask task = event.task();
        entries.add(new Entry(
                SYSTEM,
                "task-gone",
                task.requestId(),
                event.wasSeen()
                        ? "Nobody completed " + PlainText.quoted(task.name()) + "; the process waits for it no more."
                        : PlainText.quoted(task.name()) + " is over; who completed it is not on record.",
                Map.of("task", task.key())));
    }
}
