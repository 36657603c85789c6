package dev.drawbridge.publication;

import dev.drawbridge.platform.Refusal;
import dev.drawbridge.process.ProcessFiles;
import dev.drawbridge.process.ProcessesPublished;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * What is deployed to the engine, as Camunda Modeler does, is a publication like any other: the files in force, with those that were
 * sent in their place, in the transaction that deploys them.
 */
@Component
class DeployedInEngine {
    private final NumberedPublications publications;
    private final PublishingTransaction publishing;
    private final PublicationInForce inForce;
    private final Agreement agreement;

    DeployedInEngine(
            NumberedPublications publications,
            PublishingTransaction publishing,
            PublicationInForce inForce,
            Agreement agreement) {
        this.agreement = agreement;
        this.publications = publications;
        this.publishing = publishing;
        this.inForce = inForce;
    }

    @Order(Ordered.HIGHEST_PRECEDENCE)
    @EventListener
    void on(ProcessesPublished event) {
        // What is published as a whole, at the start or while it runs, is put on record by whoever does that.
        if (publishing.isRunning() || inForce.latestHere().isEmpty()) {
            return;
        }
        if (agreement.isRequired()) {
            throw Refusal.of(
                    Refusal.Kind.CONFLICT,
                    "second-person",
                    "Not published: a second process owner must agree to what is published here. Propose it on the page Guardrails, or by"
                            + " POST /api/v1/publications.");
        }
        publications.lock();
        Publication before = publications.latest().orElseThrow();
        if (inForce.now().filter(here -> here.number() == before.number()).isEmpty()) {
            // It was held against the words of other rules, those that this call goes by.
            throw Stale.by(before);
        }
        PublishedFiles files = with(publications.files(before.number()), event.contents());
        Gate.bounds(files).stream().findFirst().ifPresent(problem -> {
            throw Refusal.of(Refusal.Kind.INVALID, "not-published", "Not published: " + problem.told());
        });
        Edition edition = inForce.current().with(files);
        Publication made = publications.add(
                files,
                event.actor(),
                "",
                Optional.ofNullable(event.definition()).orElse(before.definition()));
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                // The rules are the same, so nothing follows from it but by which process people ask.
                inForce.set(edition.as(made));
            }
        });
    }

    private static PublishedFiles with(PublishedFiles before, SortedMap<String, byte[]> sent) {
        SortedMap<String, byte[]> all = new TreeMap<>();
        before.byPath().forEach((path, content) -> {
            if (!path.startsWith(PublishedFiles.PROCESSES)) {
                all.put(path, content);
            }
        });
        ProcessFiles.merged(before.in(PublishedFiles.PROCESSES), sent)
                .forEach((path, content) -> all.put(PublishedFiles.PROCESSES + path, content));
        return new PublishedFiles(all);
    }
}
