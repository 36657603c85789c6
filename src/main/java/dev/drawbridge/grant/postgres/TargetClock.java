package dev.drawbridge.grant.postgres;

import java.sql.SQLException;
import java.time.Instant;

/** What a target takes the time to be: it alone decides when a login is over. A seam, since no test can shift a server's clock. */
interface TargetClock {
    /** The target's own time, asked on a connection to it. */
    Instant now(Session target) throws SQLException;
}
