package dev.drawbridge.directory;

/** What somebody may be to another person, and be asked as. */
public enum Relation {
    /** Leads the person; there may be several, in order. */
    MANAGER,
    /** Answers for somebody from outside, such as a contractor. */
    SPONSOR,
    /** Looks after the person. */
    MENTOR
}
