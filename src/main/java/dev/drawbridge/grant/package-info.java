/** The door that access goes through, and the connectors that make it real. */
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
            "approval"
        })
@NullMarked
package dev.drawbridge.grant;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
