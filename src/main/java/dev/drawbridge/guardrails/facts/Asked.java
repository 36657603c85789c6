package dev.drawbridge.guardrails.facts;

import java.time.Duration;

/**
 * The request itself.
 *
 * @param ticket as it was typed; empty where none was named
 * @param ticketSystem where that ticket lives, by {@code rules/tickets.yaml}; empty where the file does not say
 * @param startsIn how long after it was sent access is to start; nothing: at once
 */
public record Asked(Duration duration, String justification, String ticket, String ticketSystem, Duration startsIn) {
    /** Whether it was asked for longer than this ISO-8601 duration. */
    public boolean longerThan(String limit) {
        return duration.compareTo(Duration.parse(limit)) > 0;
    }

    public boolean withTicket() {
        return !ticket.isEmpty();
    }

    public boolean isWithTicket() {
        return withTicket();
    }

    public String getTicket() {
        return ticket;
    }

    public String getTicketSystem() {
        return ticketSystem;
    }

    public boolean startsLater() {
        return !startsIn.isZero();
    }

    public boolean isStartsLater() {
        return startsLater();
    }

    /** Whether it starts later than this ISO-8601 duration from when it was sent. */
    public boolean startsAfter(String wait) {
        return startsIn.compareTo(Duration.parse(wait)) > 0;
    }
}
