/** What every feature stands on: refusals, sign-in, clock, database. */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.drawbridge.platform;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
