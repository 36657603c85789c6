package dev.drawbridge.platform;

import org.springframework.security.core.AuthenticationException;

/** What somebody showed as a sign-in of an identity provider is none that counts here. The sentence is for people. */
final class TokenRefused extends AuthenticationException {
    private final String code;

    TokenRefused(String code, String sentence) {
        super(sentence);
        this.code = code;
    }

    /** A stable name for programs. */
    String code() {
        return code;
    }

    String sentence() {
        return String.valueOf(getMessage());
    }
}
