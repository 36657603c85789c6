package dev.drawbridge.platform;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a sign-in before it is checked.
 *
 * @param method {@code form} or {@code basic}
 * @param address the network address it came from
 * @param device the mark that the browser shows, not yet looked at; none: it shows none
 */
public record SignInDetails(
        String method, String address, @Nullable String device) implements Serializable {

    /** From where no browser shows a mark. */
    public SignInDetails(String method, String address) {
        this(method, address, null);
    }
}
