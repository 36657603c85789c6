package dev.drawbridge.catalog;

/** What an entitlement lets a person do to its resource. */
public enum AccessLevel {
    READ,
    WRITE,
    ADMIN
}
