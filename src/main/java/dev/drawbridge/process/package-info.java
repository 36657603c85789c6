/** The one seam to the process engine: its processes, its people, its tasks. */
@ApplicationModule(allowedDependencies = {"platform"})
@NullMarked
package dev.drawbridge.process;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
