package dev.drawbridge.publication;

import dev.drawbridge.platform.Refusal;
import dev.drawbridge.process.ProcessDeployment;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Publishes while the product runs: looks into the files, then puts them on record and into the engine in one transaction, and in
 * force. To check is the same, but for the end of that transaction.
 */
@Component
class Publish {
    private final NumberedPublications publications;
    private final Gate gate;
    private final ProcessDeployment processes;
    private final Editions editions;
    private final PublishingTransaction transaction;

    Publish(
            NumberedPublications publications,
            Gate gate,
            ProcessDeployment processes,
            Editions editions,
            PublishingTransaction transaction) {
        this.publications = publications;
        this.gate = gate;
        this.processes = processes;
        this.editions = editions;
        this.transaction = transaction;
    }

    /**
     * What came of it.
     *
     * @param publication what is in force now, or would be; none where there are problems
     * @param before what was until then
     * @param files all that it holds
     * @param newlyAllowed what it would allow that was not allowed before, in sentences; looked for by a check alone
     */
    record Outcome(
            @Nullable Publication publication,
            Publication before,
            PublishedFiles files,
            List<PublicationProblem> problems,
            List<String> newlyAllowed) {}

    /** Puts it in force, unless there are problems. */
    Outcome carryOut(Proposal proposal, String author) {
        return attempt(proposal, author, true);
    }

    /** What would come of it; nothing is changed, and nothing put on record. */
    Outcome check(Proposal proposal, String author) {
        return attempt(proposal, author, false);
    }

    private Outcome attempt(Proposal proposal, String author, boolean inEarnest) {
        Publication before = base(proposal);
        PublishedFiles now = publications.files(before.number());
        proposal.removed().stream()
                .filter(path -> !now.byPath().containsKey(path))
                .findFirst()
                .ifPresent(path -> {
                    throw Refusal.ofField(
                            Refusal.Kind.UNPROCESSABLE,
                            "remove",
                            "no-such-file",
                            "There is no file '" + path + "' in publication " + before.number() + ".");
                });
        PublishedFiles files = proposal.over(now);
        if (files.fingerprint().equals(now.fingerprint())) {
            return new Outcome(before, before, files, List.of(), List.of());
        }
        Gate.Looked looked = gate.look(files, now);
        if (!looked.problems().isEmpty()) {
            return new Outcome(null, before, files, looked.problems(), List.of());
        }
        try {
            Publication made = record(looked.edition(), before, now, author, proposal.note(), inEarnest);
            if (inEarnest) {
                editions.takesEffect(looked.edition(), made, TakesEffect.Cause.PUBLISHED_HERE, now);
            }
            return new Outcome(made, before, files, List.of(), inEarnest ? List.of() : gate.newlyAllowed(files, now));
        } catch (Refusal refused) {
            if (refused.code().equals(Stale.CODE)) {
                throw refused;
            }
            // The engine's own word, which is the last.
            return new Outcome(
                    null,
                    before,
                    files,
                    List.of(new PublicationProblem("processes/", null, refused.sentence())),
                    List.of());
        }
    }

    private Publication base(Proposal proposal) {
        Publication latest = latest();
        if (proposal.base() != null && proposal.base() != latest.number()) {
            throw Stale.by(latest);
        }
        return latest;
    }

    private Publication latest() {
        return publications.latest().orElseThrow(() -> new IllegalStateException("Nothing is in force yet."));
    }

    private Publication record(
            Edition edition, Publication before, PublishedFiles then, String author, String note, boolean inEarnest) {
        PublishedFiles files = edition.files();
        return transaction.of(edition, status -> {
            // The engine lets one at a time deploy: always first, so that nobody waits for somebody who waits.
            boolean isDeployed =
                    !files.fingerprint(PublishedFiles.PROCESSES).equals(then.fingerprint(PublishedFiles.PROCESSES));
            String definition =
                    isDeployed ? processes.publish(files.in(PublishedFiles.PROCESSES)) : before.definition();
            publications.lock();
            Publication latest = latest();
            if (latest.number() != before.number()) {
                throw Stale.by(latest);
            }
            Publication made = publications.add(files, author, note, definition);
            if (!inEarnest) {
                status.setRollbackOnly();
            }
            return made;
        });
    }
}
