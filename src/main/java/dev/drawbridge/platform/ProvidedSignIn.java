package dev.drawbridge.platform;

import java.io.Serial;
import java.io.Serializable;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.OidcUserInfo;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;

/**
 * A sign-in of a browser at an identity provider, as it is kept with the session; nobody acts with it but the account of now.
 *
 * @param token shown to the provider once more, when signing out there
 */
record ProvidedSignIn(SignIn signIn, OidcIdToken token) implements OidcUser, Serializable {
    @Serial
    private static final long serialVersionUID = 1L;

    /** The account's id, by which its sessions are found. */
    @Override
    public String getName() {
        return signIn.person();
    }

    @Override
    public Map<String, Object> getClaims() {
        return token.getClaims();
    }

    @Override
    public Map<String, Object> getAttributes() {
        return token.getClaims();
    }

    @Override
    public @Nullable OidcUserInfo getUserInfo() {
        return null;
    }

    @Override
    public OidcIdToken getIdToken() {
        return token;
    }

    @Override
    public Collection<? extends GrantedAuthority> getAuthorities() {
        return signIn.groups().stream()
                .map(SimpleGrantedAuthority::new)
                .collect(java.util.stream.Collectors.toCollection(java.util.ArrayList::new));
    }
}
