/** The commands of the jar, beside the server. */
@ApplicationModule(allowedDependencies = {"guardrails", "publication", "audit::log"})
@NullMarked
package dev.drawbridge.cli;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
