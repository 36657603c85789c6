package dev.drawbridge.audit;

import dev.drawbridge.process.ProcessesPublished;
import dev.drawbridge.process.ProcessesReplaced;
import java.util.List;
import java.util.Map;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** What was published. */
@Component
class PublicationsOnRecord {
    private final Entries entries;
    private final Names names;

    PublicationsOnRecord(Entries entries, Names names) {
        this.entries = entries;
        this.names = names;
    }

    @EventListener
    void on(ProcessesPublished event) {
        entries.add(new Entry(
                event.actor(),
                "processes-published",
                null,
                names.who(event.actor()) + " published " + String.join(", ", event.files()) + " (SHA-256 "
                        + event.digest() + ").",
                Map.of("deployment", event.deployment(), "digest", event.digest(), "files", event.files())));
    }

    @EventListener
    void on(ProcessesReplaced event) {
        entries.add(new Entry(
                "system",
                "processes-replaced",
                null,
                "The server's folder has changed since it was last published, and replaces what "
                        + names.who(event.by()) + " published on " + event.at() + ".",
                Map.of("by", event.by(), "replaced", event.deployment(), Entry.MOMENTS, List.of(event.at()))));
    }
}
