package dev.drawbridge.audit;

import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An entry before it is stored.
 *
 * @param kind what happened, a stable kebab-case name
 * @param details what a program may want to read beside the sentence; never a secret
 */
record Entry(
        String actor, String kind, @Nullable UUID requestId, String sentence, Map<String, ? extends Object> details) {
    /** The detail that says which moments the product has named in the sentence, in their order: each reader is told them. */
    static final String MOMENTS = "moments";
}
