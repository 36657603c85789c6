package dev.drawbridge.process;

import org.camunda.bpm.engine.impl.history.HistoryLevel;
import org.camunda.bpm.engine.impl.history.event.HistoryEventType;
import org.jspecify.annotations.Nullable;

/**
 * Keeps no history in the engine: our own facts are the record, and what Cockpit and Tasklist show is what runs. It goes by
 * the number of the level that was there before, so that a database of an earlier version, and a node of it beside this one,
 * go on.
 */
final class NoHistory implements HistoryLevel {
    @Override
    public int getId() {
        return HISTORY_LEVEL_ACTIVITY.getId();
    }

    @Override
    public String getName() {
        return "none-but-our-record";
    }

    @Override
    public boolean isHistoryEventProduced(HistoryEventType type, @Nullable Object entity) {
        return false;
    }
}
