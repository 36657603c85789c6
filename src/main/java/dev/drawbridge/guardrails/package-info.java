/** The rules that judge a request, and the verdict they give. */
@ApplicationModule(allowedDependencies = {"platform", "directory", "process", "publication", "catalog", "request"})
@NullMarked
package dev.drawbridge.guardrails;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
