package dev.drawbridge.platform;

import java.io.Serializable;

/**
 * What is known of a sign-in before it is checked.
 *
 * @param method {@code form} or {@code basic}
 * @param address the network address it came from
 */
public record SignInDetails(String method, String address) implements Serializable {}
