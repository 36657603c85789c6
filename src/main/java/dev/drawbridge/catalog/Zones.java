package dev.drawbridge.catalog;

import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The names of time zones: only those that are known count, whoever sends them. */
final class Zones {
    private static final Set<String> KNOWN = Set.copyOf(ZoneId.getAvailableZoneIds());
    private static final List<String> OFFERED = KNOWN.stream()
            .filter(id -> id.contains("/") && !id.startsWith("Etc/") && !id.startsWith("SystemV/"))
            .map(id -> id.replace('_', ' '))
            .sorted()
            .toList();

    private Zones() {}

    static Optional<ZoneId> named(String id) {
        return KNOWN.contains(id) ? Optional.of(ZoneId.of(id)) : Optional.empty();
    }

    /** As people type it: in any case, and with a space in a city's name. */
    static Optional<ZoneId> meantBy(String text) {
        String id = text.strip().replace(' ', '_');
        return KNOWN.stream().filter(id::equalsIgnoreCase).findFirst().map(ZoneId::of);
    }

    static List<String> offered() {
        return OFFERED;
    }
}
