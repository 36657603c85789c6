package dev.drawbridge.publication;

import dev.drawbridge.platform.Refusal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What judges beside the publication in force; one at a time, since each is held against what is in force. */
@Component
public class Trials {
    private final NumberedPublications publications;
    private final PublicationSteps steps;
    private final FollowPublications follower;
    private final TransactionTemplate transaction;

    Trials(
            NumberedPublications publications,
            PublicationSteps steps,
            FollowPublications follower,
            PlatformTransactionManager transactions) {
        this.publications = publications;
        this.steps = steps;
        this.follower = follower;
        this.transaction = new TransactionTemplate(transactions);
    }

    /** The one that runs. */
    public Optional<Step> now() {
        return steps.trial();
    }

    /** Begins one, or goes on with it for others; refuses while another runs. */
    void begin(
            Publication publication,
            Stage stage,
            Cohort cohort,
            @Nullable BackWhen backWhen,
            String actor,
            String note) {
        changed(() -> {
            steps.trial()
                    .filter(other -> other.number() != publication.number())
                    .ifPresent(other -> {
                        throw Refusal.of(
                                Refusal.Kind.CONFLICT,
                                "trial-runs",
                                "Publication " + other.number()
                                        + " is on trial. One at a time is: put it in force, or end its trial first.");
                    });
            long live = publications.latest().orElseThrow().number();
            steps.add(publication, stage, live, cohort, backWhen, actor, note);
        });
    }

    /** Ends one, or takes back what was proposed; nothing where it is over already. */
    public void end(long number, String actor, String why) {
        changed(() -> {
            publications
                    .life(number)
                    .filter(life -> life.stage().isTrial() || life.stage() == Stage.PROPOSED)
                    .ifPresent(life -> publications.withdraw(life.last(), actor, why));
        });
    }

    /** Puts on record that somebody agreed to it. */
    void agreed(Life life, String actor, String note) {
        changed(() ->
                steps.add(life.publication(), Stage.AGREED, life.last().base(), Cohort.NOBODY, null, actor, note));
    }

    private void changed(Runnable change) {
        boolean isPartOfMore = TransactionSynchronizationManager.isActualTransactionActive();
        transaction.executeWithoutResult(status -> {
            publications.lock();
            change.run();
        });
        if (!isPartOfMore) {
            // Else it need not come to pass; the next look sees it.
            follower.look();
        }
    }
}
