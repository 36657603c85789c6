package dev.drawbridge.guardrails.facts;

import dev.drawbridge.catalog.AccessLevel;

/**
 * Access that others than the requester hold now; one fact for each entitlement.
 *
 * @param people how many of them hold it
 */
public record HeldByOthers(String id, String resource, String target, AccessLevel level, int people) {
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

    public int getPeople() {
        return people;
    }
}
