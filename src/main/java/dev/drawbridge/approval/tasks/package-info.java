/** What Tasklist shows, to whom and until when: tasks, their timers, and the right to see them. */
@NullMarked
package dev.drawbridge.approval.tasks;

import org.jspecify.annotations.NullMarked;
