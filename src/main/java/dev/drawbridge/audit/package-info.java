/** The record: every fact and every refused attempt, worded in one place. */
@ApplicationModule(
        allowedDependencies = {
            "platform",
            "directory",
            "process",
            "publication",
            "catalog",
            "request",
            "guardrails",
            "deputies",
            "approval",
            "grant",
            "revocation"
        })
@NullMarked
package dev.drawbridge.audit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
