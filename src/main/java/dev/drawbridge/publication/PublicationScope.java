package dev.drawbridge.publication;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectFactory;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.Scope;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Keeps what is {@link OfPublication} with its publication. */
final class PublicationScope implements Scope {
    static final String NAME = "publication";

    private final ObjectFactory<PublicationInForce> inForce;

    private PublicationScope(ObjectFactory<PublicationInForce> inForce) {
        this.inForce = inForce;
    }

    @Override
    public Object get(String name, ObjectFactory<?> made) {
        return inForce.getObject().current().part(name, made::getObject);
    }

    @Override
    public @Nullable Object remove(String name) {
        throw new UnsupportedOperationException("A publication never changes.");
    }

    @Override
    public void registerDestructionCallback(String name, Runnable callback) {
        // What is read from files has nothing to give back.
    }

    @Override
    public @Nullable Object resolveContextualObject(String key) {
        return null;
    }

    @Override
    public @Nullable String getConversationId() {
        return null;
    }

    @Configuration(proxyBeanMethods = false)
    static class Registration {
        @Bean
        static BeanFactoryPostProcessor publicationScope() {
            return beans ->
                    beans.registerScope(NAME, new PublicationScope(() -> beans.getBean(PublicationInForce.class)));
        }
    }
}
