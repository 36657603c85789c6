/** The obligation that access ends. */
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
            "grant"
        })
@NullMarked
package dev.drawbridge.revocation;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
