package dev.drawbridge.audit;

import dev.drawbridge.catalog.WallClocks;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The record, searched. */
@RestController
@Tag(name = "Record")
class RecordResource {
    private final AuditRecord record;
    private final WallClocks clocks;

    RecordResource(AuditRecord record, WallClocks clocks) {
        this.record = record;
        this.clocks = clocks;
    }

    @GetMapping("/api/v1/audit-entries")
    @Operation(
            summary = "The record, newest first; for auditors, operators and security",
            description =
                    "`next` goes into `after` for the page that follows; it is null at the end, and nowhere else.")
    AuditRecord.Page entries(
            @ParameterObject @ModelAttribute RecordQuery query,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(defaultValue = "50") int size) {
        RecordReaders.require();
        return record.page(query, after, size, clocks.ofReader().clock());
    }
}
