package dev.drawbridge.grant;

import dev.drawbridge.catalog.AccessLevel;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a target needs so that access on it can be given and ended as promised; looks, and changes nothing. */
public interface TargetReadiness {
    /**
     * Something that a target lacks, or has and should not.
     *
     * @param sentence what it is and what follows from it, for operators
     * @param cure the statement by which the target's owner sets it right, where there is one
     * @param role the role that is handed out and that it is about, where it is about one
     */
    record Missing(
            String sentence,
            @Nullable String cure,
            @Nullable String role) {}

    /**
     * What a role that is handed out gives away whenever something is made for it.
     *
     * @param role the role
     * @param cure the statements that take it back, where they can be told
     */
    record DefaultPrivileges(
            String role, String sentence, @Nullable String cure) {}

    /**
     * What a system lacks for these roles to be handed out, and which of them can do more than they are handed out for; throws
     * {@link ConnectorException} where it does not answer.
     *
     * @param handedOut by role, the least level at which the catalog hands it out
     */
    List<Missing> missing(String system, Map<String, AccessLevel> handedOut);

    /** Default privileges of these roles: such a role should have none, since its members can change them for ever. */
    List<DefaultPrivileges> defaultPrivileges(String system, Collection<String> roles);
}
