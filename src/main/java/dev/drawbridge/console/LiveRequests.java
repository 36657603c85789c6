package dev.drawbridge.console;

import dev.drawbridge.audit.Story;
import dev.drawbridge.platform.CurrentSignIn;
import dev.drawbridge.platform.Refusal;
import dev.drawbridge.request.RequestViews;
import jakarta.annotation.PreDestroy;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Tells open pages of requests that something has happened, and nothing else: what it was they ask for themselves, as whoever they
 * are by then. However many look, a node asks once a second at most, and not at all where nobody does.
 */
@Controller
class LiveRequests {
    private static final int MOST = 300;
    private static final int MOST_OF_ONE = 6;
    private static final long LONGEST = Duration.ofHours(1).toMillis();

    /** A page that is gone is noticed when something is sent to it. */
    private static final int LOOKS_BETWEEN_SIGNS = 15;

    private final RequestViews views;
    private final Story story;
    private final Set<Watcher> watchers = ConcurrentHashMap.newKeySet();
    private final AtomicLong looks = new AtomicLong();

    LiveRequests(RequestViews views, Story story) {
        this.views = views;
        this.story = story;
    }

    /** An open page; {@code seen}: what it shows last. */
    private record Watcher(String person, UUID request, SseEmitter page, AtomicLong seen) {
        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }

    @GetMapping("/requests/{id}/events")
    SseEmitter watch(@PathVariable UUID id, @RequestParam(defaultValue = "0") long seen, HttpServletResponse response)
            throws IOException {
        String person = CurrentSignIn.require().person();
        views.require(person, id);
        long own = watchers.stream().filter(one -> one.person().equals(person)).count();
        if (watchers.size() >= MOST || own >= MOST_OF_ONE) {
            throw Refusal.of(
                    Refusal.Kind.THROTTLED,
                    "too-many-watch",
                    "Too many pages are kept up to date at the moment; reload this one to see what is new.");
        }
        // A proxy that collects what it passes on would keep the news to itself.
        response.setHeader("X-Accel-Buffering", "no");
        Watcher watcher = new Watcher(person, id, new SseEmitter(LONGEST), new AtomicLong(seen));
        watcher.page().onCompletion(() -> watchers.remove(watcher));
        watcher.page().onTimeout(() -> watcher.page().complete());
        watcher.page().onError(failed -> watchers.remove(watcher));
        watcher.page().send(SseEmitter.event().comment("here"));
        watchers.add(watcher);
        return watcher.page();
    }

    @Scheduled(fixedDelay = 1_000)
    void look() {
        if (watchers.isEmpty()) {
            return;
        }
        Map<UUID, Long> latest =
                story.latest(watchers.stream().map(Watcher::request).collect(Collectors.toSet()));
        boolean sign = looks.incrementAndGet() % LOOKS_BETWEEN_SIGNS == 0;
        watchers.forEach(one -> tell(one, latest.getOrDefault(one.request(), 0L), sign));
    }

    private void tell(Watcher one, long latest, boolean sign) {
        try {
            if (latest > one.seen().get()) {
                one.seen().set(latest);
                one.page().send(SseEmitter.event().name("changed").data(Long.toString(latest)));
            } else if (sign) {
                one.page().send(SseEmitter.event().comment("here"));
            }
        } catch (IOException | IllegalStateException gone) {
            watchers.remove(one);
        }
    }

    @PreDestroy
    void close() {
        watchers.forEach(one -> one.page().complete());
    }
}
