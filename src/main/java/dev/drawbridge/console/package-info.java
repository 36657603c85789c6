/** The pages a person sees outside Tasklist. */
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
            "revocation",
            "audit",
            "notification"
        })
@NullMarked
package dev.drawbridge.console;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
