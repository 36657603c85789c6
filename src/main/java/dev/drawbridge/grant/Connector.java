package dev.drawbridge.grant;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Makes access real on a kind of target system. Each call may be repeated after any failure. */
public interface Connector {
    /** Sets the access up, exactly this and nothing beside; throws {@link ConnectorException} until the target confirms. */
    void provision(Access access);

    /** Moves the end of access that is there; throws {@link ConnectorException} where it is not, and makes none. */
    void extend(Access access);

    /** Makes a fresh credential; the one before it stops working. */
    Credential reveal(Access access);

    /**
     * Ends its use, live sessions included, then clears it away, and looks; throws {@link ConnectorException} while anybody
     * could use it still. What is left and cannot be used is told in the answer: calling again clears it once that can be.
     */
    Ended revoke(Access access);

    /** The systems that it can reach, by the names that the catalog uses. */
    Set<String> systems();

    /** Every login on a system whose name looks like one of ours, even if somebody else made it. */
    List<Login> inventory(String system);

    /** The login of this access, if it is there. */
    Optional<Login> find(Access access);

    /** How far a system's clock is ahead of ours, in whole seconds; negative where it is behind. */
    Duration skew(String system);
}
