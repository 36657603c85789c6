/** The sealed log: entries as leaves of one append-only Merkle tree, which anybody can recompute. */
@NamedInterface("log")
@NullMarked
package dev.drawbridge.audit.log;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
