package dev.drawbridge.guardrails.facts;

/** What the requester was given lately: grants without a human in the last 24 hours. */
public record History(int automaticGrants) {
    public int getAutomaticGrants() {
        return automaticGrants;
    }
}
