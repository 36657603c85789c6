/** What may be asked for, when business is open, and who approves at which level. */
@ApplicationModule(allowedDependencies = {"platform", "directory", "publication"})
@NullMarked
package dev.drawbridge.catalog;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
