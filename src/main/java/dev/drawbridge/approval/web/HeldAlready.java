package dev.drawbridge.approval.web;

import dev.drawbridge.approval.AnswerBy;
import dev.drawbridge.approval.ApprovalCase;
import dev.drawbridge.catalog.Catalog;
import dev.drawbridge.guardrails.AccessHeld;
import dev.drawbridge.guardrails.HeldAccess;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** What the requester has already, beside what they ask for. */
@Component
class HeldAlready {
    private final AccessHeld held;
    private final AnswerBy answerBy;
    private final Catalog catalog;

    HeldAlready(AccessHeld held, AnswerBy answerBy, Catalog catalog) {
        this.held = held;
        this.answerBy = answerBy;
        this.catalog = catalog;
    }

    /** By name, each once. */
    List<String> names(ApprovalCase approval) {
        return held.heldBy(approval.request().requester()).stream()
                .map(HeldAccess::entitlement)
                .map(catalog::nameOf)
                .distinct()
                .toList();
    }

    /** Where it asks to have that for longer, and there is access still. */
    Optional<Around.MoreTime> withMore(ApprovalCase approval) {
        Duration more = approval.scope().duration();
        return answerBy.held(approval)
                .map(access -> new Around.MoreTime(
                        access.total().plus(more), access.expiresAt().plus(more)));
    }
}
