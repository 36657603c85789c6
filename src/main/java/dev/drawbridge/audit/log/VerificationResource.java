package dev.drawbridge.audit.log;

import dev.drawbridge.platform.Refusal;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Whether the record is as it was sealed, for those who may read all of it. */
@RestController
@Tag(name = "Record")
class VerificationResource {
    private final Verification verification;
    private final LogReaders readers;
    /** One at a time takes what this node has to spare. */
    private final AtomicBoolean runs = new AtomicBoolean();

    VerificationResource(Verification verification, LogReaders readers) {
        this.verification = verification;
        this.readers = readers;
    }

    @GetMapping("/api/v1/audit-entries/verification")
    @Operation(
            summary = "Whether the record is as it was sealed",
            description =
                    "The log computed anew from the entries, and held against every checkpoint that was given out.")
    Verification.Verified verify() {
        readers.require();
        if (!runs.compareAndSet(false, true)) {
            throw Refusal.of(
                    Refusal.Kind.CONFLICT,
                    "verification-runs",
                    "The record is being verified for somebody else. Try again in a few seconds.");
        }
        try {
            return verification.now();
        } finally {
            runs.set(false);
        }
    }
}
