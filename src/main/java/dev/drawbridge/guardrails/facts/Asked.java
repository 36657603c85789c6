package dev.drawbridge.guardrails.facts;

import java.time.Duration;

/** The request itself. */
public record Asked(Duration duration, String justification, boolean withTicket, boolean startsLater) {
    /** Whether it was asked for longer than this ISO-8601 duration. */
    public boolean longerThan(String limit) {
        return duration.compareTo(Duration.parse(limit)) > 0;
    }

    public boolean isWithTicket() {
        return withTicket;
    }

    public boolean isStartsLater() {
        return startsLater;
    }
}
