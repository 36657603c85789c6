package dev.drawbridge.grant;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

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

    /**
     * Ends many on one system by few words, as far as that goes without waiting for any of them: the requests whose access the
     * target says is gone without a trace. One that resists keeps none of the others, and is left for {@link #revoke}. Throws
     * {@link ConnectorException} where nothing can be said of any.
     */
    Set<UUID> revokeTogether(String system, Collection<Access> many);

    /** The systems that it can reach, by the names that the catalog uses. */
    Set<String> systems();

    /** The names that access on a system may have been given under: its own, and those that it had. */
    Set<String> namesOf(String system);

    /**
     * The server behind a system at this moment, as it calls itself; none where it does not say. An address may lead to another
     * one tomorrow: what is done with access is done on the server that it was made on, and never on another.
     */
    Optional<String> server(String system);

    /** As {@link #server}, where that can be told without asking it, which may take as long as a target that is down. */
    Optional<String> serverAtHand(String system);

    /** Whether the server behind a system is the one where something was made; throws where that system does not answer. */
    Same isOn(String system, Place place);

    /** What can be said of two servers. */
    enum Same {
        SAME,
        OTHER,
        /** One of them is not known. */
        UNTOLD
    }

    /**
     * Whether some target leads to the server of a place: {@code UNTOLD} where one that may does not say which it is. Throws
     * {@link TargetUnreachable} where one that may does not answer now.
     */
    Same isReached(Place place);

    /** Every login in a stretch of a system that bears the kind of name that access is given under, whoever made it. */
    List<Login> inventory(String system, Stretch of);

    /**
     * Logins whose names come behind one name and not behind another, by their characters. Logins are named after their
     * requests, so that they are in the same order as those.
     */
    record Stretch(String after, String upTo) {
        private static final int ALL_DIGITS = 32;

        /** The logins of the requests behind one, up to another. */
        public static Stretch between(UUID request, UUID last) {
            return new Stretch(name(request), name(last));
        }

        private static String name(UUID request) {
            return Access.principalFor(request, ALL_DIGITS);
        }
    }

    /** The login of this access, if it is there. */
    Optional<Login> find(Access access);

    /** How far a system's clock is ahead of ours, in whole seconds; negative where it is behind. */
    Duration skew(String system);
}
