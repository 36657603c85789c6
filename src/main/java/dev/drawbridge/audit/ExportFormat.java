package dev.drawbridge.audit;

import java.util.List;

/** How entries are written, some at a time. */
interface ExportFormat {
    /** As it is asked for: {@code ndjson}. */
    String name();

    String mediaType();

    String extension();

    /** What comes before the first entry. */
    default String head() {
        return "";
    }

    /** One line each. */
    String lines(List<ExportedEntry> entries);
}
