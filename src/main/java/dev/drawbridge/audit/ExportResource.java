package dev.drawbridge.audit;

import dev.drawbridge.platform.Refusal;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * The record as a file, however large: some entries are read, written, and forgotten, and no connection is held meanwhile. Where it
 * breaks off, the answer is cut short, which the program at the other end sees.
 */
@RestController
@Tag(name = "Record")
class ExportResource {
    private static final int AT_A_TIME = 1_000;

    /** Each holds a thread for as long as somebody reads. */
    private final Semaphore running = new Semaphore(4);

    private final UnderstandQuery understand;
    private final Search search;
    private final List<ExportFormat> formats;

    ExportResource(UnderstandQuery understand, Search search, List<ExportFormat> formats) {
        this.understand = understand;
        this.search = search;
        this.formats = formats;
    }

    @GetMapping("/api/v1/audit-entries/export")
    @Operation(
            summary =
                    "As many entries as there are, streamed, as `ndjson`, `csv` or `ocsf`; the same filters as the search")
    void export(
            @ParameterObject @ModelAttribute RecordQuery query,
            @RequestParam(defaultValue = "ndjson") String format,
            HttpServletResponse response)
            throws IOException {
        RecordReaders.require();
        ExportFormat chosen = chosen(format);
        Wanted wanted = understand.read(query);
        if (!running.tryAcquire()) {
            throw Refusal.of(
                    Refusal.Kind.THROTTLED,
                    "exports-run",
                    "Several exports run on this node at the moment. Please try again when one of them is done.");
        }
        try {
            write(chosen, wanted, response);
        } finally {
            running.release();
        }
    }

    private ExportFormat chosen(String format) {
        String name = new Asked("format", format)
                .oneOf(formats.stream().map(ExportFormat::name).sorted().toList());
        return formats.stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private void write(ExportFormat format, Wanted wanted, HttpServletResponse response) throws IOException {
        // Before anything is said: what fails at once is answered like any other call.
        Search.Page page = search.page(wanted, null, AT_A_TIME);
        response.setContentType(format.mediaType());
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"audit-entries." + format.extension() + "\"");
        OutputStream out = response.getOutputStream();
        out.write(format.head().getBytes(StandardCharsets.UTF_8));
        for (Search.@Nullable Page next = page; next != null; next = following(wanted, next)) {
            List<ExportedEntry> entries =
                    next.items().stream().map(ExportedEntry::of).toList();
            out.write(format.lines(entries).getBytes(StandardCharsets.UTF_8));
        }
    }

    private Search.@Nullable Page following(Wanted wanted, Search.Page page) {
        return page.next() == null ? null : search.page(wanted, page.next(), AT_A_TIME);
    }
}
