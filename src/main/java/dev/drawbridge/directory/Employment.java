package dev.drawbridge.directory;

/** How somebody belongs to the company. */
public enum Employment {
    EMPLOYEE,
    CONTRACTOR,
    INTERN
}
