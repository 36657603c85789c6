/** The one seam to the process engine: its processes, its tasks. */
@ApplicationModule(allowedDependencies = {"platform", "directory"})
@NullMarked
package dev.drawbridge.process;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
