package dev.drawbridge.guardrails.facts;

import java.util.Set;

/** Who asks. */
public record Requester(String id, Set<String> groups) {
    public boolean belongsTo(String group) {
        return groups.contains(group);
    }
}
