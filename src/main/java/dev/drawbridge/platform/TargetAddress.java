package dev.drawbridge.platform;

/**
 * Where a target system is, and the account that hands out access there.
 *
 * @param name as the catalog names it
 * @param url a JDBC URL
 * @param address what people connect to, {@code host:port/database}
 */
public record TargetAddress(String name, String url, String username, String password, String address) {
    /** A target that people reach under the same address as this application. */
    public TargetAddress(String name, String url, String username, String password) {
        this(
                name,
                url,
                username,
                password,
                url.replaceFirst("^jdbc:[a-z]+://", "").replaceFirst("\\?.*", ""));
    }

    @Override
    public String toString() {
        return "TargetAddress[" + name + ", " + url + ", " + username + "]";
    }
}
