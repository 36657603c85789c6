/** Who people are: their names, groups, managers and accounts, asked of one port whoever keeps them. */
@ApplicationModule(allowedDependencies = {"platform"})
@NullMarked
package dev.drawbridge.directory;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
