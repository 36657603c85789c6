package dev.drawbridge.publication;

import dev.drawbridge.platform.CannotStart;
import dev.drawbridge.process.ProcessDeployment;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * While somebody writes rules and processes: publishes the server's folders whenever something in them is saved, or says in the log
 * why not.
 */
@Component
@ConditionalOnProperty(name = "drawbridge.publish", havingValue = "watch")
class WatchFolders {
    private static final Logger log = LoggerFactory.getLogger(WatchFolders.class);

    private final RulesFolder rules;
    private final ProcessDeployment processes;
    private final NumberedPublications publications;
    private final Publish publish;
    /** What was looked into last, or why it could not be: the same is not said again and again. */
    private @Nullable String tried;

    WatchFolders(
            RulesFolder rules,
            ProcessDeployment processes,
            NumberedPublications publications,
            Publish publish,
            Agreement agreement) {
        if (agreement.isRequired()) {
            throw new CannotStart(
                    "drawbridge.publish is 'watch', and drawbridge.publication.agreement 'required': what is saved would be in force"
                            + " without anybody's agreement.",
                    "Leave out one of them.");
        }
        this.rules = rules;
        this.processes = processes;
        this.publications = publications;
        this.publish = publish;
    }

    @Scheduled(fixedDelayString = "PT0.5S", initialDelayString = "PT1S")
    void look() {
        try {
            PublishedFiles folders = PublishedFiles.of(rules.files(), processes.folder());
            if (isNew(folders.fingerprint())) {
                publish(folders);
            }
        } catch (CannotStart unreadable) {
            if (isNew(String.valueOf(unreadable.getMessage()))) {
                log.warn("Not published: {}", unreadable.getMessage());
            }
        } catch (RuntimeException failed) {
            // Not for what is in the files: it is tried again.
            tried = "";
            log.warn("Not published: {}", failed.getMessage());
        }
    }

    /** With what lay there at the start, the start has dealt. */
    private boolean isNew(String what) {
        boolean isNew = tried != null && !what.equals(tried);
        tried = what;
        return isNew;
    }

    private void publish(PublishedFiles folders) {
        Publication live = publications.latest().orElseThrow();
        TreeSet<String> removed =
                new TreeSet<>(publications.files(live.number()).byPath().keySet());
        removed.removeAll(folders.byPath().keySet());
        Proposal saved = new Proposal(folders.byPath(), removed, "Saved.", null, false);
        Publish.Outcome outcome = publish.carryOut(saved, "system");
        outcome.problems().forEach(problem -> log.warn("Not published: {}", problem.told()));
        Optional.ofNullable(outcome.publication())
                .filter(made -> made.number() != live.number())
                .ifPresent(made -> log.info("Publication {} is in force: what was saved.", made.number()));
    }
}
