package dev.drawbridge.grant;

/** The target does not answer at all: nothing else that is to be done there would be done either. */
public class TargetUnreachable extends ConnectorException {
    public TargetUnreachable(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
