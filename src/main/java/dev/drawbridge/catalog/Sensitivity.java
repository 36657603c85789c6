package dev.drawbridge.catalog;

/** How much harm wrong use of an entitlement can do, from least to most. */
public enum Sensitivity {
    LOW,
    MODERATE,
    HIGH,
    CRITICAL
}
