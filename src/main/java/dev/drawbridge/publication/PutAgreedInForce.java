package dev.drawbridge.publication;

import dev.drawbridge.platform.Cluster;
import dev.drawbridge.platform.Refusal;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Puts in force what somebody has agreed to in Tasklist, a moment later; whatever breaks in between, it is tried again. */
@Component
class PutAgreedInForce {
    private final Cluster cluster;
    private final NumberedPublications publications;
    private final PublicationSteps steps;
    private final Publish publish;
    private final Trials trials;

    PutAgreedInForce(
            Cluster cluster,
            NumberedPublications publications,
            PublicationSteps steps,
            Publish publish,
            Trials trials) {
        this.cluster = cluster;
        this.publications = publications;
        this.steps = steps;
        this.publish = publish;
        this.trials = trials;
    }

    @Scheduled(
            fixedDelayString = "${drawbridge.publication.trial-every:PT2S}",
            initialDelayString = "${drawbridge.publication.trial-every:PT2S}")
    void look() {
        if (steps.agreed().isPresent()) {
            cluster.onceAtATime("agreed", () -> steps.agreed().ifPresent(this::put));
        }
    }

    private void put(Step agreed) {
        Publication publication = publications.find(agreed.number()).orElseThrow();
        try {
            Publish.Outcome outcome = publish.putInForce(
                    publication, agreed.base() == null ? 0 : agreed.base(), agreed.actor(), agreed.note());
            outcome.problems().stream()
                    .findFirst()
                    .ifPresent(problem -> trials.end(agreed.number(), "system", "Not in force: " + problem.told()));
        } catch (Refusal refused) {
            trials.end(agreed.number(), "system", "Not in force: " + refused.sentence());
        }
    }
}
