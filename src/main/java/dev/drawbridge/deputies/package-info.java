/** Who stands in for whom, and who may. */
@ApplicationModule(allowedDependencies = {"platform", "directory", "publication", "catalog", "guardrails"})
@NullMarked
package dev.drawbridge.deputies;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
