package dev.drawbridge.platform;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Keeps the one way of reading {@code X-Forwarded-*} from being set that asks nobody who has written them. */
@Component
class ForwardedHeaders {
    ForwardedHeaders(@Value("${server.forward-headers-strategy:none}") String strategy) {
        if (strategy.strip().equalsIgnoreCase("framework")) {
            throw new CannotStart(
                    "With server.forward-headers-strategy: framework whoever calls could claim any address.",
                    "Set it to native behind a proxy that writes X-Forwarded-* anew, else to none.");
        }
    }
}
