package dev.drawbridge.platform;

import org.jspecify.annotations.Nullable;

/**
 * Event: somebody did not get in.
 *
 * @param account whose password was wrong; null where there is no such account, whose name is anybody's text, or where it
 *     was not looked at
 * @param address the network address it came from
 * @param throttled whether it was turned away without a look at the password
 */
public record SignInRefused(@Nullable String account, String address, boolean throttled) {}
