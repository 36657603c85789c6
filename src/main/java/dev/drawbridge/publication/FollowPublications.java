package dev.drawbridge.publication;

import dev.drawbridge.platform.CannotStart;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Puts in force here what was published elsewhere: looks twice a second which is the latest, by one small question. A word from the
 * database would come sooner by a quarter of a second on average, needs a connection of its own to come at all, and may be lost.
 */
@Component
class FollowPublications implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(FollowPublications.class);

    private static final int TIMES = 60;

    private final NumberedPublications publications;
    private final PublicationSteps steps;
    private final PublicationInForce inForce;
    private final Editions editions;
    private final Clock clock;
    private final Duration every;
    private volatile Seen seen;
    private final ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "follows-publications");
        thread.setDaemon(true);
        return thread;
    });
    /** By the clock that nobody sets: how long it is ago is what matters. */
    private volatile long lookedAt = System.nanoTime();

    private volatile boolean running;

    FollowPublications(
            NumberedPublications publications,
            PublicationSteps steps,
            PublicationInForce inForce,
            Editions editions,
            Clock clock,
            @Value("${drawbridge.publication.follow-every:PT0.5S}") Duration every) {
        this.publications = publications;
        this.steps = steps;
        this.inForce = inForce;
        this.editions = editions;
        this.clock = clock;
        this.every = every;
        this.seen = new Seen(0, "", clock.instant(), 0);
    }

    /**
     * What this node saw when it last looked.
     *
     * @param cannot the latest publication that cannot be read here; 0 where there is none
     * @param why it cannot be read: a sentence
     * @param at when somebody last looked and was answered
     * @param last the last step on record by then
     */
    record Seen(long cannot, String why, Instant at, long last) {}

    Seen seen() {
        return seen;
    }

    /** Looking has failed, or hangs, for so long that this node does not know what is in force. */
    boolean hasLostSight() {
        return System.nanoTime() - lookedAt > every.multipliedBy(TIMES).toNanos();
    }

    @Override
    public void start() {
        running = true;
        looking.scheduleWithFixedDelay(this::lookOnce, 0, every.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void stop() {
        running = false;
        looking.shutdownNow();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Nothing that goes wrong once may keep it from looking again. */
    @SuppressWarnings("CatchingUnchecked")
    private void lookOnce() {
        try {
            look();
        } catch (Throwable failed) {
            log.warn("What is in force elsewhere could not be looked up: {}", failed.toString());
        }
    }

    /** Goes by what counts by the record from now on, where it can be read here. */
    synchronized void look() {
        if (inForce.latestHere().isEmpty()) {
            return;
        }
        // Before the record is asked: what this node has put in force itself is on record by then. Where the record
        // does
        // not have it, the database has lost it, and what it has instead counts.
        Here here = inForce.here();
        Standing standing = publications.standing().orElseThrow();
        lookedAt = System.nanoTime();
        if (here.last() == standing.last() && isIn(here, standing)) {
            seen = new Seen(0, "", clock.instant(), standing.last());
        } else if (seen.cannot() != 0 && seen.last() == standing.last()) {
            seen = new Seen(seen.cannot(), seen.why(), clock.instant(), standing.last());
        } else {
            follow(here, standing);
        }
    }

    private static boolean isIn(Here here, Standing standing) {
        return here.publication().number() == standing.live().number()
                && here.publication().fingerprint().equals(standing.live().fingerprint());
    }

    private void follow(Here here, Standing standing) {
        Optional<Edition> live = isIn(here, standing) ? Optional.of(here.live()) : read(standing.live(), standing);
        if (live.isEmpty()) {
            return;
        }
        Optional<Step> canary = steps.trial().filter(trial -> trial.stage() == Stage.CANARY);
        Optional<Here.Canary> beside = canary.flatMap(step -> beside(here, step, standing));
        boolean isAllThere = canary.isPresent() == beside.isPresent();
        if (isAllThere) {
            seen = new Seen(0, "", clock.instant(), standing.last());
        }
        editions.follow(here, new Here(live.get(), isAllThere ? standing.last() : here.last(), beside.orElse(null)));
    }

    private Optional<Here.Canary> beside(Here here, Step step, Standing standing) {
        Here.Canary known = here.canary();
        Optional<Edition> edition = known != null && known.step().number() == step.number()
                ? Optional.of(known.edition())
                : read(publications.find(step.number()).orElseThrow(), standing);
        return edition.map(read -> new Here.Canary(read, step));
    }

    private Optional<Edition> read(Publication next, Standing standing) {
        // A database that fails meanwhile says nothing about what is published: then it is looked at again.
        PublishedFiles files = publications.files(next.number());
        try {
            return Optional.of(editions.prepared(files).as(next));
        } catch (CannotStart unreadable) {
            seen = new Seen(next.number(), String.valueOf(unreadable.getMessage()), clock.instant(), standing.last());
            log.error(
                    "Publication {} cannot be read by this release, which goes on with the one before",
                    next.number(),
                    unreadable);
            return Optional.empty();
        }
    }
}
