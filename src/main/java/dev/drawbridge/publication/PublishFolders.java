package dev.drawbridge.publication;

import dev.drawbridge.platform.CannotStart;
import dev.drawbridge.platform.RunningNodes;
import dev.drawbridge.process.ProcessDeployment;
import dev.drawbridge.publication.NumberedPublications.Folders;
import java.util.Optional;
import java.util.SortedMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.stereotype.Component;

/**
 * Publishes the server's folders at its start, when something in them has changed since they were last published: the files, and
 * the processes in the engine, in one transaction; once all listen who put it on record. A folder that has not changed leaves in
 * force what was published while the product ran.
 */
@Component
class PublishFolders implements SmartInitializingSingleton {
    private static final Logger log = LoggerFactory.getLogger(PublishFolders.class);

    private final RulesFolder rules;
    private final ProcessDeployment processes;
    private final NumberedPublications publications;
    private final Editions editions;
    private final RunningNodes nodes;
    private final PublishingTransaction transaction;
    private final Agreement agreement;

    PublishFolders(
            RulesFolder rules,
            ProcessDeployment processes,
            NumberedPublications publications,
            Editions editions,
            RunningNodes nodes,
            PublishingTransaction transaction,
            Agreement agreement) {
        this.agreement = agreement;
        this.rules = rules;
        this.processes = processes;
        this.publications = publications;
        this.editions = editions;
        this.nodes = nodes;
        this.transaction = transaction;
    }

    @Override
    public void afterSingletonsInstantiated() {
        PublishedFiles folders = PublishedFiles.of(rules.files(), processes.folder());
        Optional<Publication> latest = publications.latest();
        if (latest.isEmpty()) {
            first(folders);
        } else {
            next(folders, withWhatWasDeployed(latest.get()));
        }
    }

    /** Of this database; an earlier release may have put processes into the engine, and people theirs. */
    private void first(PublishedFiles folders) {
        Edition edition = editions.prepared(folders);
        Publication made = transaction.of(edition, status -> {
            String definition = processes.deploy(folders.in(PublishedFiles.PROCESSES));
            processes.requireKnownWords(folders.in(PublishedFiles.PROCESSES));
            publications.lock();
            return publish(live(folders), folders, definition);
        });
        takesEffect(edition, made);
    }

    private void next(PublishedFiles folders, Publication before) {
        Folders now = Folders.of(folders);
        Optional<Folders> last = publications.folders();
        PublishedFiles inForce = publications.files(before.number());
        if (last.equals(Optional.of(now)) || isOfAnEarlierOne(now)) {
            editions.takesEffect(editions.prepared(inForce), before, TakesEffect.Cause.START, PublishedFiles.NONE);
            return;
        }
        boolean haveProcessesChanged =
                last.filter(then -> then.processes().equals(now.processes())).isEmpty();
        boolean haveRulesChanged =
                last.filter(then -> then.rules().equals(now.rules())).isEmpty();
        PublishedFiles files = PublishedFiles.of(
                (haveRulesChanged ? folders : inForce).in(PublishedFiles.RULES),
                (haveProcessesChanged ? folders : inForce).in(PublishedFiles.PROCESSES));
        if (files.fingerprint().equals(inForce.fingerprint())) {
            // What was published while it ran has found its way into the folders.
            publications.ofFolders(before, now);
            editions.takesEffect(editions.prepared(inForce), before, TakesEffect.Cause.START, PublishedFiles.NONE);
            return;
        }
        if (agreement.isRequired()) {
            propose(files, folders, before, inForce);
            return;
        }
        Edition edition = editions.prepared(files);
        Publication made = transaction.of(edition, status -> {
            SortedMap<String, byte[]> contents = files.in(PublishedFiles.PROCESSES);
            String definition =
                    inForce.fingerprint(PublishedFiles.PROCESSES).equals(files.fingerprint(PublishedFiles.PROCESSES))
                            ? before.definition()
                            : processes.deployAnew(contents);
            // Of what has changed alone: the same files would otherwise start today, and not once what they still name
            // is over.
            processes.requireKnownWords(contents);
            publications.lock();
            requireStillInForce(before);
            return publish(files, folders, definition);
        });
        takesEffect(edition, made);
    }

    /** What a server's folders hold is agreed to like anything else; what is in force stays until then. */
    private void propose(PublishedFiles files, PublishedFiles folders, Publication before, PublishedFiles inForce) {
        Publication made = transaction.of(editions.prepared(files), status -> {
            publications.lock();
            requireStillInForce(before);
            Publication proposed = publications.propose(files, "system", "The server's folders.", before);
            publications.ofFolders(proposed, Folders.of(folders));
            return proposed;
        });
        log.info(
                "Publication {} is proposed: the folders of this server. A process owner must agree to it.",
                made.number());
        editions.takesEffect(editions.prepared(inForce), before, TakesEffect.Cause.START, PublishedFiles.NONE);
    }

    private void requireStillInForce(Publication before) {
        Publication latest = publications.latest().orElseThrow();
        if (latest.number() != before.number()) {
            throw new CannotStart(
                    "Publication " + latest.number() + " was made by " + latest.author() + " while this node started.",
                    "Start again: it builds on that then.");
        }
    }

    private Publication publish(PublishedFiles files, PublishedFiles folders, String definition) {
        Publication made = publications.add(files, "system", "", definition);
        publications.ofFolders(made, Folders.of(folders));
        return made;
    }

    private void takesEffect(Edition edition, Publication made) {
        editions.takesEffect(
                edition.with(publications.files(made.number())), made, TakesEffect.Cause.START, PublishedFiles.NONE);
    }

    private PublishedFiles live(PublishedFiles folders) {
        return PublishedFiles.of(
                folders.in(PublishedFiles.RULES), processes.withWhatIsLive(folders.in(PublishedFiles.PROCESSES)));
    }

    /**
     * While other nodes run, a folder that is what it was once is one that somebody forgot to bring up to date: it does not take
     * over everywhere. On a single node it is what somebody wants.
     */
    private boolean isOfAnEarlierOne(Folders now) {
        Optional<Long> earlier = publications.ofFolders(now);
        if (earlier.isEmpty() || !nodes.othersRun()) {
            return false;
        }
        log.warn(
                "The folders of this node are those of publication {}, and other nodes go by a later one: so does this node."
                        + " To go back, publish them: POST /api/v1/publications/{}/stage with LIVE.",
                earlier.get(),
                earlier.get());
        return true;
    }

    /** What an earlier release let people put into the engine without a number is given one. */
    private Publication withWhatWasDeployed(Publication latest) {
        Optional<String> definition = processes.definition();
        if (definition.isEmpty() || definition.get().equals(latest.definition())) {
            return latest;
        }
        PublishedFiles files = live(publications.files(latest.number()));
        return transaction.of(editions.prepared(files), status -> {
            publications.lock();
            return publications.add(
                    files, processes.author(), "Deployed to the engine by an earlier release.", definition.get());
        });
    }
}
