package dev.drawbridge.audit;

import dev.drawbridge.platform.PlainText;
import dev.drawbridge.process.ProcessesPublished;
import dev.drawbridge.process.ProcessesReplaced;
import dev.drawbridge.publication.Cohort;
import dev.drawbridge.publication.Publication;
import dev.drawbridge.publication.Published;
import dev.drawbridge.publication.Stage;
import dev.drawbridge.publication.Staged;
import dev.drawbridge.publication.Step;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** What was published. */
@Component
class PublicationsOnRecord {
    private static final int NAMED = 20;

    private static final Map<Stage, String> KINDS = Map.of(
            Stage.PROPOSED, "publication-proposed",
            Stage.SHADOW, "publication-in-shadow",
            Stage.CANARY, "publication-on-trial",
            Stage.AGREED, "publication-agreed",
            Stage.WITHDRAWN, "publication-withdrawn");

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
        boolean isAgreed = !event.by().equals(made.author());
        entries.add(new Entry(
                event.by(),
                "published",
                null,
                names.who(event.by())
                        + (isAgreed
                                ? " put publication " + made.number() + " of " + names.who(made.author())
                                        + " in force: "
                                : " made publication " + made.number() + ": ")
                        + files(event)
                        + (made.note().isEmpty() ? "" : ", " + PlainText.quoted(made.note()))
                        + " (SHA-256 " + made.fingerprint() + ").",
                Map.of(
                        "publication", made.number(),
                        "author", made.author(),
                        "fingerprint", made.fingerprint(),
                        "changed", event.changed(),
                        "removed", event.removed())));
    }

    @EventListener
    void on(Staged event) {
        Step step = event.step();
        entries.add(new Entry(
                step.actor(),
                Objects.requireNonNull(KINDS.get(step.stage())),
                null,
                names.who(step.actor()) + " " + deed(event)
                        + (step.note().isEmpty() ? "." : ", " + PlainText.quoted(step.note()) + "."),
                Map.of(
                        "publication", step.number(),
                        "fingerprint", event.publication().fingerprint(),
                        "groups", step.cohort().groups().stream().sorted().toList(),
                        "percent", step.cohort().percent())));
    }

    private String deed(Staged event) {
        String publication = "publication " + event.step().number();
        return switch (event.step().stage()) {
            case PROPOSED -> "proposed " + publication;
            case SHADOW -> "lets " + publication + " judge in the shadow, where it counts for nobody";
            case CANARY ->
                "lets " + publication + " judge the requests of "
                        + cohort(event.step().cohort());
            case AGREED -> "agreed to " + publication;
            case WITHDRAWN -> "withdrew " + publication;
            case LIVE, PAST -> throw new IllegalArgumentException("That is told by another event.");
        };
    }

    private static String cohort(Cohort cohort) {
        return Stream.concat(
                        cohort.groups().stream().sorted(),
                        cohort.percent() == 0 ? Stream.of() : Stream.of(cohort.percent() + " % of all people"))
                .collect(Collectors.joining(", "));
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
