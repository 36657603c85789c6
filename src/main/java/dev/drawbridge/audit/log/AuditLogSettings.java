package dev.drawbridge.audit.log;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The sealed log.
 *
 * @param directory where the key and the last checkpoint are kept, the same folder for all nodes; {@code audit-log} in the data directory
 *     unless set
 * @param origin the log's name, which its key gets when it is made; one with a random end unless set
 * @param witness the URL of a witness, without {@code /add-checkpoint}; none: checkpoints are signed by this log alone
 * @param witnessKey the witness's public key: the line itself, or a file that holds it
 */
@ConfigurationProperties("drawbridge.audit-log")
record AuditLogSettings(
        @Nullable String directory,
        @Nullable String origin,
        @Nullable String witness,
        @Nullable String witnessKey) {}
