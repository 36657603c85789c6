package dev.drawbridge.catalog;

import java.util.Set;

/** Knows the targets that are configured; who reaches them, downstream, implements it. */
public interface TargetNames {
    /** By the names that the catalog uses. */
    Set<String> configured();
}
