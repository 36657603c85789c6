package dev.drawbridge.catalog;

import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The names of time zones: only known ones count. */
final class Zones {
    private static final Set<String> KNOWN = Set.copyOf(ZoneId.getAvailableZoneIds());

    /** Browsers name some zones as they were called once; people know them by the names of today. */
    private static final Map<String, String> RENAMED = Map.ofEntries(
            Map.entry("Africa/Asmera", "Africa/Asmara"),
            Map.entry("America/Buenos_Aires", "America/Argentina/Buenos_Aires"),
            Map.entry("America/Godthab", "America/Nuuk"),
            Map.entry("America/Indianapolis", "America/Indiana/Indianapolis"),
            Map.entry("Asia/Calcutta", "Asia/Kolkata"),
            Map.entry("Asia/Katmandu", "Asia/Kathmandu"),
            Map.entry("Asia/Rangoon", "Asia/Yangon"),
            Map.entry("Asia/Saigon", "Asia/Ho_Chi_Minh"),
            Map.entry("Atlantic/Faeroe", "Atlantic/Faroe"),
            Map.entry("Europe/Kiev", "Europe/Kyiv"));

    private static final List<String> OFFERED = KNOWN.stream()
            .filter(id -> id.contains("/") && !id.startsWith("Etc/") && !id.startsWith("SystemV/"))
            .filter(id -> !RENAMED.containsKey(id))
            .map(id -> id.replace('_', ' '))
            .sorted()
            .toList();

    private Zones() {}

    static Optional<ZoneId> named(String id) {
        return Optional.of(RENAMED.getOrDefault(id, id)).filter(KNOWN::contains).map(ZoneId::of);
    }

    /** As people type it: in any case, and with a space in a city's name. */
    static Optional<ZoneId> meantBy(String text) {
        String id = text.strip().replace(' ', '_');
        return KNOWN.stream().filter(id::equalsIgnoreCase).findFirst().flatMap(Zones::named);
    }

    static Set<String> names() {
        return KNOWN;
    }

    static List<String> offered() {
        return OFFERED;
    }
}
