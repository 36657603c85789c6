package dev.drawbridge.approval;

import dev.drawbridge.catalog.Catalog;
import dev.drawbridge.request.AccessRequest;
import dev.drawbridge.request.RequestView;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** What a request that waits is about, for whom it waits, and until when. */
@Component
public class Waiting {
    private final ApprovalCases cases;
    private final Electorates electorates;
    private final AnswerBy answerBy;
    private final Catalog catalog;

    Waiting(ApprovalCases cases, Electorates electorates, AnswerBy answerBy, Catalog catalog) {
        this.cases = cases;
        this.electorates = electorates;
        this.answerBy = answerBy;
        this.catalog = catalog;
    }

    /**
     * In short.
     *
     * @param entitlementName what would be given by now
     * @param deadlineAt until when it can be answered; none where it waits for nobody
     */
    public record Gist(String entitlementName, Duration duration, Optional<Instant> deadlineAt) {}

    /** What would be given by now, and until when that can be answered. */
    public Gist gist(AccessRequest request) {
        ApprovalCase approval = cases.load(request.id());
        return new Gist(
                catalog.nameOf(approval.scope().entitlement()),
                approval.scope().duration(),
                approval.open().filter(level -> approval.waits()).map(level -> answerBy.ofLevel(approval, level)));
    }

    /** What people call what is asked for, as far as it has been narrowed: {@code Orders, masked, more time}. */
    public String title(AccessRequest request) {
        return cases.loadAll(Set.of(request.id())).stream()
                .map(this::title)
                .findFirst()
                .orElseGet(() -> RequestView.title(catalog.nameOf(request.entitlement()), request.extending()));
    }

    String title(ApprovalCase approval) {
        return RequestView.title(
                catalog.nameOf(approval.scope().entitlement()),
                approval.request().extending());
    }

    /** The ids of those who may answer now, in whichever capacity; empty where it waits for nobody. */
    public Collection<String> candidates(AccessRequest request) {
        ApprovalCase approval = cases.load(request.id());
        return approval.open()
                .<Collection<String>>map(level -> electorates.now(approval).everybody(level))
                .orElse(List.of());
    }
}
