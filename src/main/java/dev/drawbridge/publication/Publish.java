package dev.drawbridge.publication;

import dev.drawbridge.platform.Refusal;
import dev.drawbridge.process.ProcessDeployment;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
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
        return look(proposal, (edition, before, now) -> {
            Publication made = recorded(
                    edition,
                    before,
                    now,
                    definition -> publications.add(edition.files(), author, proposal.note(), definition));
            editions.takesEffect(edition, made, TakesEffect.Cause.PUBLISHED_HERE, now);
            return made;
        });
    }

    /** Puts it on record as proposed, unless there are problems; what is in force stays. */
    Outcome propose(Proposal proposal, String author) {
        return look(proposal, (edition, before, now) -> {
            tried(edition, before, now, author, proposal.note());
            return transaction.of(edition, status -> {
                publications.lock();
                requireStillInForce(before);
                return publications.propose(edition.files(), author, proposal.note(), before);
            });
        });
    }

    /** What would come of it; nothing is changed, and nothing put on record. */
    Outcome check(Proposal proposal, String author) {
        Outcome outcome =
                look(proposal, (edition, before, now) -> tried(edition, before, now, author, proposal.note()));
        return outcome.publication() == null
                ? outcome
                : new Outcome(
                        outcome.publication(),
                        outcome.before(),
                        outcome.files(),
                        List.of(),
                        gate.newlyAllowed(
                                outcome.files(),
                                publications.files(outcome.before().number())));
    }

    /** What one would allow that another does not, in sentences; takes some seconds. */
    List<String> newlyAllowed(long number, long against) {
        return gate.newlyAllowed(publications.files(number), publications.files(against));
    }

    /** Puts what was proposed in force, as it was then; refuses what was built on another than is in force. */
    Outcome putInForce(Publication proposed, long base, String actor, String note) {
        PublishedFiles files = publications.files(proposed.number());
        if (!files.fingerprint().equals(proposed.fingerprint())) {
            throw new IllegalStateException("Publication " + proposed.number() + " does not hold what it held.");
        }
        return look(new Proposal(new TreeMap<>(), Set.of(), note, base, false), files, (edition, before, now) -> {
            Publication made = recorded(edition, before, now, definition -> {
                Publication live = proposed.carriedBy(definition);
                publications.live(live, actor, note);
                return live;
            });
            editions.takesEffect(edition, made, TakesEffect.Cause.PUBLISHED_HERE, now);
            return made;
        });
    }

    /** What is done with files that have no problems. */
    private interface Deed {
        Publication carryOut(Edition edition, Publication before, PublishedFiles now);
    }

    private Outcome look(Proposal proposal, Deed deed) {
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
        return files.fingerprint().equals(now.fingerprint())
                ? new Outcome(before, before, files, List.of(), List.of())
                : look(proposal, files, deed);
    }

    private Outcome look(Proposal proposal, PublishedFiles files, Deed deed) {
        Publication before = base(proposal);
        PublishedFiles now = publications.files(before.number());
        Gate.Looked looked = gate.look(files, now);
        if (!looked.problems().isEmpty()) {
            return new Outcome(null, before, files, looked.problems(), List.of());
        }
        try {
            return new Outcome(deed.carryOut(looked.edition(), before, now), before, files, List.of(), List.of());
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

    private void requireStillInForce(Publication before) {
        Publication latest = latest();
        if (latest.number() != before.number()) {
            throw Stale.by(latest);
        }
    }

    /** As if it were put in force, but for the end of the transaction. */
    private Publication tried(Edition edition, Publication before, PublishedFiles then, String author, String note) {
        return transaction.of(edition, status -> {
            status.setRollbackOnly();
            return publications.add(edition.files(), author, note, deployed(edition, before, then));
        });
    }

    private Publication recorded(
            Edition edition, Publication before, PublishedFiles then, Function<String, Publication> recording) {
        return transaction.of(edition, status -> recording.apply(deployed(edition, before, then)));
    }

    /** What the engine calls the process by then; nobody else publishes from here on. */
    private String deployed(Edition edition, Publication before, PublishedFiles then) {
        // The engine lets one at a time deploy: always first, so that nobody waits for somebody who waits.
        PublishedFiles files = edition.files();
        boolean isDeployed =
                !files.fingerprint(PublishedFiles.PROCESSES).equals(then.fingerprint(PublishedFiles.PROCESSES));
        String definition = isDeployed ? processes.publish(files.in(PublishedFiles.PROCESSES)) : before.definition();
        publications.lock();
        requireStillInForce(before);
        return definition;
    }
}
