package dev.drawbridge.platform;

import java.util.List;
import java.util.stream.StreamSupport;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.stereotype.Component;

/** The identity providers at which people can sign in with a browser. */
@Component
public class Providers {
    private final ObjectProvider<ClientRegistrationRepository> registrations;

    Providers(ObjectProvider<ClientRegistrationRepository> registrations) {
        this.registrations = registrations;
    }

    /**
     * One of them.
     *
     * @param name what people call it
     */
    public record Provider(String id, String name) {}

    @SuppressWarnings("unchecked")
    public List<Provider> all() {
        return registrations.getIfAvailable() instanceof Iterable<?> known
                ? StreamSupport.stream(((Iterable<ClientRegistration>) known).spliterator(), false)
                        .map(one -> new Provider(one.getRegistrationId(), one.getClientName()))
                        .toList()
                : List.of();
    }
}
