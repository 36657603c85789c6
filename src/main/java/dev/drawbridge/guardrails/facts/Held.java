package dev.drawbridge.guardrails.facts;

import dev.drawbridge.catalog.AccessLevel;

/** Access that the requester holds now; one fact for each. */
public record Held(String id, String resource, String target, AccessLevel level) {
    public String getId() {
        return id;
    }

    public String getResource() {
        return resource;
    }

    public String getTarget() {
        return target;
    }

    public AccessLevel getLevel() {
        return level;
    }
}
