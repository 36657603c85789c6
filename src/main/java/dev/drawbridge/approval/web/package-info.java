/** The calls over HTTP by which people answer, ask, claim, hand over and withdraw. */
@NullMarked
package dev.drawbridge.approval.web;

import org.jspecify.annotations.NullMarked;
