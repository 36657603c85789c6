package dev.drawbridge.grant;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Makes access real on a kind of target system. Each call may be repeated after any failure. */
public interface Connector {
    /** Sets the access up, exactly this and nothing beside; throws {@link ConnectorException} until the target confirms. */
    void provision(Access access);

    /** Moves the end of access that is there; throws {@link ConnectorException} where it is not, and makes none. */
    void extend(Access access);

    /** Makes a fresh credential; the one before it dies. */
    Credential reveal(Access access);

    /** Takes everything away, live sessions included, and looks; throws {@link ConnectorException} while anything is left. */
    void revoke(Access access);

    /** The systems that it can reach, by the names that the catalog uses. */
    Set<String> systems();

    /** Every login on a system that bears the kind of name that access is given under, whoever made it. */
    List<Login> inventory(String system);

    /** The login of this access, if it is there. */
    Optional<Login> find(Access access);
}
