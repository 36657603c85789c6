package dev.drawbridge.audit;

import dev.drawbridge.platform.PlainText;
import dev.drawbridge.process.ProcessesPublished;
import dev.drawbridge.process.ProcessesReplaced;
import dev.drawbridge.publication.Publication;
import dev.drawbridge.publication.Published;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** What was published. */
@Component
class PublicationsOnRecord {
    private static final int NAMED = 20;

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
    void on(Published event) {
        Publication made = event.publication();
        entries.add(new Entry(
                made.author(),
                "published",
                null,
                names.who(made.author()) + " made publication " + made.number() + ": "
                        + files(event)
                        + (made.note().isEmpty() ? "" : ", " + PlainText.quoted(made.note()))
                        + " (SHA-256 " + made.fingerprint() + ").",
                Map.of(
                        "publication", made.number(),
                        "fingerprint", made.fingerprint(),
                        "changed", event.changed(),
                        "removed", event.removed())));
    }

    private static String files(Published event) {
        List<String> all = Stream.concat(
                        event.changed().stream(), event.removed().stream().map(path -> path + " removed"))
                .toList();
        return all.isEmpty()
                ? "the same files"
                : String.join(", ", all.subList(0, Math.min(all.size(), NAMED)))
                        + (all.size() > NAMED ? " and " + (all.size() - NAMED) + " more" : "");
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
