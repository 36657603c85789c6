/** What the process calls: listeners and delegates, and the second net under its timers; each hands on to the case. */
@NullMarked
package dev.drawbridge.approval.process;

import org.jspecify.annotations.NullMarked;
