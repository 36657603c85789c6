/** What rules see and what they may do: the whole vocabulary of a guardrail. All of it is read-only but the findings. */
@NullMarked
package dev.drawbridge.guardrails.facts;

import org.jspecify.annotations.NullMarked;
