package dev.drawbridge.platform;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.session.Session;

/** A session that knows whether it has changed. That it was used again within the same minute is no change. */
final class SparingSession implements Session {
    /** A session ends this much before its time at most; it lasts for hours. */
    static final Duration SELDOM = Duration.ofMinutes(1);

    private final Session kept;
    private boolean toBeWritten;

    private SparingSession(Session kept, boolean toBeWritten) {
        this.kept = kept;
        this.toBeWritten = toBeWritten;
    }

    static SparingSession made(Session session) {
        return new SparingSession(session, true);
    }

    static SparingSession found(Session session) {
        return new SparingSession(session, false);
    }

    Session kept() {
        return kept;
    }

    boolean isToBeWritten() {
        return toBeWritten;
    }

    void written() {
        toBeWritten = false;
    }

    @Override
    public void setLastAccessedTime(Instant now) {
        if (!now.isBefore(kept.getLastAccessedTime().plus(SELDOM))) {
            toBeWritten = true;
            kept.setLastAccessedTime(now);
        }
    }

    @Override
    public void setAttribute(String name, @Nullable Object value) {
        toBeWritten = true;
        kept.setAttribute(name, value);
    }

    @Override
    public void removeAttribute(String name) {
        toBeWritten = true;
        kept.removeAttribute(name);
    }

    @Override
    public String changeSessionId() {
        toBeWritten = true;
        return kept.changeSessionId();
    }

    @Override
    public void setMaxInactiveInterval(Duration interval) {
        toBeWritten = true;
        kept.setMaxInactiveInterval(interval);
    }

    @Override
    public String getId() {
        return kept.getId();
    }

    @Override
    public <T> @Nullable T getAttribute(String name) {
        return kept.getAttribute(name);
    }

    @Override
    public Set<String> getAttributeNames() {
        return kept.getAttributeNames();
    }

    @Override
    public Instant getCreationTime() {
        return kept.getCreationTime();
    }

    @Override
    public Instant getLastAccessedTime() {
        return kept.getLastAccessedTime();
    }

    @Override
    public Duration getMaxInactiveInterval() {
        return kept.getMaxInactiveInterval();
    }

    @Override
    public boolean isExpired() {
        return kept.isExpired();
    }
}
