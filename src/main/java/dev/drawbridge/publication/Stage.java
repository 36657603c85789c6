package dev.drawbridge.publication;

/** How far a publication has got. */
public enum Stage {
    /** Looked into, and waiting for a second process owner, or to be tried out. */
    PROPOSED,
    /** Judges beside what is in force; what it would have said otherwise is put on record, and counts for nobody. */
    SHADOW,
    /** Judges the requests of some people; what is in force judges those of the others. */
    CANARY,
    /** A second process owner has agreed, and it comes into force in a moment; told of a step, and never of where a publication is. */
    AGREED,
    /** In force. */
    LIVE,
    /** Was in force, until the next one came. */
    PAST,
    /** Came to nothing, or what it builds on is in force no more. */
    WITHDRAWN;

    /** Whether it judges beside what is in force. */
    public boolean isTrial() {
        return this == SHADOW || this == CANARY;
    }
}
