package dev.drawbridge.platform;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;

/** Notices, for the sentence, where the database has stopped what somebody asked. The pool makes it by its class name. */
public class StoppedStatements implements SQLExceptionOverride {
    private static final String QUERY_CANCELED = "57014";

    @java.lang.Override
    public Override adjudicate(SQLException failed) {
        if (QUERY_CANCELED.equals(failed.getSQLState())) {
            PeoplesThread.met(PeoplesThread.Trouble.TOO_LONG);
            return Override.DO_NOT_EVICT;
        }
        return Override.CONTINUE_EVICT;
    }
}
