/** What process owners publish: one immutable, numbered set of all files under {@code rules/} and {@code processes/}. */
@ApplicationModule(allowedDependencies = {"platform", "directory", "process"})
@NullMarked
package dev.drawbridge.publication;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
