package dev.drawbridge.publication;

import java.util.Set;

/**
 * Event: this node goes by this publication from now on. Told on each node.
 *
 * @param cause why it does so now
 * @param changed the paths of what is not as it was in the one before, or is there no more; at the start, all
 */
public record TakesEffect(Publication publication, Cause cause, Set<String> changed) {
    /** Why a node goes by another publication. */
    public enum Cause {
        /** It has started. */
        START,
        /** It was published here. */
        PUBLISHED_HERE,
        /** It was published by another node. */
        PUBLISHED_ELSEWHERE
    }

    /** Whether what is kept for all nodes together is to be brought up to date by this one. */
    public boolean isForThisNodeToCarryOut() {
        return cause != Cause.PUBLISHED_ELSEWHERE;
    }
}
