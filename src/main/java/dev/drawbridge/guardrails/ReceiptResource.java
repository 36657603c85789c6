package dev.drawbridge.guardrails;

import dev.drawbridge.platform.CurrentSignIn;
import dev.drawbridge.platform.Refusal;
import dev.drawbridge.platform.SignIn;
import dev.drawbridge.request.RequestViews;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Set;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Why a request was decided so, for those who may see the request. */
@RestController
@Tag(name = "Record")
class ReceiptResource {
    private static final Set<String> SEE_ALL = Set.of("auditors", "operators", "security", "process-owners");

    private final RequestViews views;
    private final Receipts receipts;

    ReceiptResource(RequestViews views, Receipts receipts) {
        this.views = views;
        this.receipts = receipts;
    }

    @GetMapping("/api/v1/access-requests/{id}/receipt")
    @Operation(
            summary = "Why a request was decided so",
            description =
                    "What was seen, which rules fired and which nearly did, and what would have made it automatic.")
    Receipt receipt(@PathVariable UUID id) {
        SignIn who = CurrentSignIn.require();
        UUID seen = views.require(who.person(), id).id();
        boolean seesAll = who.groups().stream().anyMatch(SEE_ALL::contains);
        return receipts.of(seen)
                .map(receipt -> seesAll ? receipt : receipt.withoutOthers())
                .orElseThrow(() -> Refusal.of(
                        Refusal.Kind.NOT_FOUND,
                        "no-receipt",
                        "It was judged by an earlier release of Drawbridge, which kept no receipt."));
    }
}
