/** The pages a person sees outside Tasklist. */
@ApplicationModule(
        allowedDependencies = {
            "platform",
            "process",
            "catalog",
            "request",
            "guardrails",
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
