package dev.drawbridge.platform;

/**
 * Where a target system is, and the account that hands out access there.
 *
 * @param name as the catalog names it
 * @param url a JDBC URL
 */
public record TargetAddress(String name, String url, String username, String password) {
    @Override
    public String toString() {
        return "TargetAddress[" + name + ", " + url + ", " + username + "]";
    }
}
