package dev.drawbridge.publication;

import dev.drawbridge.process.ProcessDeployment;
import dev.drawbridge.publication.NumberedPublications.Folders;
import java.util.Optional;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Publishes the server's folders at its start, when something in them has changed since they were last published: the files, and
 * the processes in the engine, in one transaction; once all listen who put it on record.
 */
@Component
class PublishFolders implements SmartInitializingSingleton {
    private final RulesFolder rules;
    private final ProcessDeployment processes;
    private final NumberedPublications publications;
    private final PublicationInForce inForce;
    private final TransactionTemplate transaction;

    PublishFolders(
            RulesFolder rules,
            ProcessDeployment processes,
            NumberedPublications publications,
            PublicationInForce inForce,
            PlatformTransactionManager transactions) {
        this.rules = rules;
        this.processes = processes;
        this.publications = publications;
        this.inForce = inForce;
        this.transaction = new TransactionTemplate(transactions);
    }

    @Override
    public void afterSingletonsInstantiated() {
        PublishedFiles files = PublishedFiles.of(rules.files(), processes.folder());
        inForce.set(transaction.execute(status -> publish(files)));
    }

    private Publication publish(PublishedFiles files) {
        // The engine lets one at a time deploy: always first, so that nobody waits for somebody who waits.
        String definition = processes.deploy(files.in(PublishedFiles.PROCESSES));
        publications.lock();
        Folders folders = Folders.of(files);
        Optional<Publication> before = publications.latest();
        if (before.isPresent() && publications.folders().equals(Optional.of(folders))) {
            return before.get();
        }
        // Of what has changed alone: the same files would otherwise start today, and not once something is over that
        // they still name.
        processes.requireKnownWords();
        Publication made = publications.add(files, "system", "", definition);
        publications.ofFolders(made, folders);
        return made;
    }
}
