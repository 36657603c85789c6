/** Word to people, by mail. Nothing waits for it, and nothing fails with it. */
@ApplicationModule(
        allowedDependencies = {
            "platform",
            "directory",
            "process",
            "catalog",
            "request",
            "guardrails",
            "deputies",
            "approval",
            "grant",
            "revocation"
        })
@NullMarked
package dev.drawbridge.notification;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
