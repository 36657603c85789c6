/** The obligation that access ends. */
@ApplicationModule(
        allowedDependencies = {"platform", "process", "catalog", "request", "guardrails", "approval", "grant"})
@NullMarked
package dev.drawbridge.revocation;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
