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
            PublicationInForce inForce,
            Editions editions,
            Clock clock,
            @Value("${drawbridge.publication.follow-every:PT0.5S}") Duration every) {
        this.publications = publications;
        this.inForce = inForce;
        this.editions = editions;
        this.clock = clock;
        this.every = every;
        this.seen = new Seen(0, "", clock.instant());
    }

    /**
     * What this node saw when it last looked.
     *
     * @param cannot the latest publication that cannot be read here; 0 where there is none
     * @param why it cannot be read: a sentence
     * @param at when somebody last looked and was answered
     */
    record Seen(long cannot, String why, Instant at) {}

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
        looking.scheduleWithFixedDelay(this::lookOnce, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
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

    /** Goes by the latest from now on, where it can be read here. */
    synchronized void look() {
        Optional<Publication> latest = publications.latest();
        lookedAt = System.nanoTime();
        Seen before = seen;
        if (latest.isEmpty() || isInForce(latest.get())) {
            seen = new Seen(0, "", clock.instant());
            return;
        }
        Publication next = latest.get();
        if (before.cannot() == next.number()) {
            seen = new Seen(before.cannot(), before.why(), clock.instant());
            return;
        }
        // A database that fails meanwhile says nothing about what is published: then it is looked at again.
        PublishedFiles files = publications.files(next.number());
        Edition edition;
        try {
            edition = editions.prepared(files);
        } catch (CannotStart unreadable) {
            seen = new Seen(next.number(), String.valueOf(unreadable.getMessage()), clock.instant());
            log.error(
                    "Publication {} cannot be read by this release, which goes on with the one before",
                    next.number(),
                    unreadable);
            return;
        }
        editions.takesEffect(
                edition,
                next,
                TakesEffect.Cause.PUBLISHED_ELSEWHERE,
                inForce.latest().files());
        seen = new Seen(0, "", clock.instant());
        log.info("Publication {} is in force.", next.number());
    }

    private boolean isInForce(Publication latest) {
        return inForce.latestHere()
                .filter(here -> here.number() >= latest.number())
                .isPresent();
    }
}
