/** People's answers at the levels that the verdict asks for: the case, who may answer, and what decides on it. */
@ApplicationModule(
        allowedDependencies = {
            "platform",
            "directory",
            "process",
            "publication",
            "catalog",
            "request",
            "guardrails",
            "deputies"
        })
@NullMarked
package dev.drawbridge.approval;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
