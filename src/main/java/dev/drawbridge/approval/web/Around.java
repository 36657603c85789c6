package dev.drawbridge.approval.web;

import dev.drawbridge.approval.OpenLevel;
import dev.drawbridge.approval.Question;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything around the approval of a request.
 *
 * @param open none where it waits for nobody
 * @param entitlement what would be given by now, with its name
 * @param moreTime none where it asks for access of its own
 * @param holds what the requester holds already, by name
 * @param names what people call whoever has a part in it, by account
 */
record Around(
        @Nullable OpenLevel open,
        String entitlement,
        String entitlementName,
        Duration duration,
        @Nullable MoreTime moreTime,
        List<Lesser> narrower,
        List<Question> thread,
        List<String> holds,
        Map<String, String> names) {

    /** What access that is held would come to with more time. */
    record MoreTime(Duration inAll, Instant until) {}

    /** A lesser entitlement. */
    record Lesser(String id, String name) {}
}
