package dev.drawbridge.audit;

import dev.drawbridge.audit.log.SealedEntries;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Each line an entry as JSON, with its place in the sealed log: enough to verify it elsewhere. */
@Component
class NdjsonFormat implements ExportFormat {
    private final SealedEntries sealed;

    NdjsonFormat(SealedEntries sealed) {
        this.sealed = sealed;
    }

    @Override
    public String name() {
        return "ndjson";
    }

    @Override
    public String mediaType() {
        return "application/x-ndjson";
    }

    @Override
    public String extension() {
        return "ndjson";
    }

    @Override
    public String lines(List<ExportedEntry> entries) {
        return sealed.lines(entries.stream().map(ExportedEntry::id).toList()).stream()
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }
}
