package dev.drawbridge.guardrails.facts;

/**
 * How many accesses the requester holds now, beside what is asked for.
 *
 * @param count all of them
 * @param sameResource those to the resource that is wanted
 * @param sameTarget those on the target of what is wanted
 * @param sameLevel those of the level that is wanted
 */
public record Holdings(int count, int sameResource, int sameTarget, int sameLevel) {
    public int getCount() {
        return count;
    }

    public int getSameResource() {
        return sameResource;
    }

    public int getSameTarget() {
        return sameTarget;
    }

    public int getSameLevel() {
        return sameLevel;
    }
}
