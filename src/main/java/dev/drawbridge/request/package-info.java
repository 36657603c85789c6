/** An access request: submitting it and reading it back. */
@ApplicationModule(allowedDependencies = {"platform", "directory", "process", "catalog"})
@NullMarked
package dev.drawbridge.request;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
