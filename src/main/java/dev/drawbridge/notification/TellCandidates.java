package dev.drawbridge.notification;

import dev.drawbridge.approval.OwnTask;
import dev.drawbridge.approval.OwnTaskOpened;
import dev.drawbridge.directory.AccountIds;
import dev.drawbridge.directory.Directory;
import dev.drawbridge.request.AccessRequest;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Tells the people of whom a company's own process wants something to be done. */
@Component
class TellCandidates {
    private final Subject subject;
    private final Directory people;
    private final Outbox outbox;

    TellCandidates(Subject subject, Directory people, Outbox outbox) {
        this.subject = subject;
        this.people = people;
        this.outbox = outbox;
    }

    @EventListener
    void on(OwnTaskOpened event) {
        OwnTask task = event.task();
        AccessRequest request = subject.request(task.requestId());
        outbox.write(() -> candidates(task, request), () -> {
            String line = subject.line(task.name(), request);
            Function<Directory.Person, List<String>> told =
                    subject.told(request, "It waits for: " + task.name() + ". This is for you, or a colleague, to do.");
            return reader -> new Notice(request.id(), line, told.apply(reader), Subject.task(request), "Open the task");
        });
    }

    /** The requester, who may be among them, is not to do it. */
    private List<String> candidates(OwnTask task, AccessRequest request) {
        return Stream.concat(people.membersOf(task.groups()).stream(), task.people().stream())
                .filter(person -> !AccountIds.isOne(person, request.requester()))
                .distinct()
                .toList();
    }
}
