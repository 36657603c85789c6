package dev.drawbridge.grant;

import org.jspecify.annotations.Nullable;

/** The target did not do, or not confirm, what it should. The message is a sentence for operators, without secrets. */
public class ConnectorException extends RuntimeException {
    public ConnectorException(String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
    }

    public ConnectorException(String sentence) {
        super(sentence);
    }
}
