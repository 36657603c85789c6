package dev.drawbridge.grant;

/**
 * A fresh credential, on its way to the one person it is for. It is stored nowhere.
 *
 * @param url ready to connect with
 * @param command ready to paste into a shell
 */
public record Credential(String username, String password, String url, String command) {
    @Override
    public String toString() {
        return "Credential[" + username + "]";
    }
}
