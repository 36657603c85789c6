package dev.drawbridge.grant;

/** Makes access real on a kind of target system. Each call may be repeated after any failure. */
public interface Connector {
    /** Sets the access up, exactly this and nothing beside; throws {@link ConnectorException} until the target confirms. */
    void provision(Access access);

    /** Makes a fresh credential; the one before it dies. */
    Credential reveal(Access access);

    /** Takes everything away, live sessions included, and looks; throws {@link ConnectorException} while anything is left. */
    void revoke(Access access);
}
