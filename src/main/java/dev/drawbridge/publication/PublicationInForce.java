package dev.drawbridge.publication;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** By which publication this node judges. */
@Component
public class PublicationInForce {
    private final AtomicReference<@Nullable Publication> now = new AtomicReference<>();

    /** None until the node has started. */
    public Optional<Publication> now() {
        return Optional.ofNullable(now.get());
    }

    void set(Publication publication) {
        now.set(publication);
    }
}
