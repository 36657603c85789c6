package dev.drawbridge.publication;

/**
 * When a trial for some people ends by itself: where their requests fare so much worse than those of the others in the same time.
 *
 * @param refused by how many percentage points more may be refused
 * @param failed by how many more may fail, a guardrail that breaks included
 * @param timedOut by how many more may be answered by nobody in time
 * @param after from how many requests of theirs on, since one is no rate
 */
public record BackWhen(int refused, int failed, int timedOut, int after) {
    /** Where the owner says nothing else. */
    public static final BackWhen USUAL = new BackWhen(20, 5, 20, 10);
}
