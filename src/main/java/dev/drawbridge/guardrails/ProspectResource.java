package dev.drawbridge.guardrails;

import dev.drawbridge.platform.CurrentSignIn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What of the catalog one can get, and for how long. */
@RestController
@Tag(name = "Access requests")
class ProspectResource {
    private final Prospects prospects;

    ProspectResource(Prospects prospects) {
        this.prospects = prospects;
    }

    @GetMapping("/api/v1/catalog/prospects")
    @Operation(
            summary = "For each entitlement that you may ask for: the longest you would get it, or why you never will")
    List<Prospects.Prospect> prospects() {
        return prospects.of(CurrentSignIn.require());
    }
}
