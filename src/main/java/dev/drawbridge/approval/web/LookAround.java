package dev.drawbridge.approval.web;

import dev.drawbridge.approval.ApprovalCase;
import dev.drawbridge.approval.ApprovalCases;
import dev.drawbridge.approval.Narrowing;
import dev.drawbridge.approval.OpenLevels;
import dev.drawbridge.approval.Scope;
import dev.drawbridge.catalog.Catalog;
import dev.drawbridge.directory.Directory;
import dev.drawbridge.request.AccessRequest;
import org.springframework.stereotype.Component;

/** What a request waits for, what happens next and when: for the requester who waits, and for who is to answer. */
@Component
class LookAround {
    private final ApprovalCases cases;
    private final OpenLevels levels;
    private final Narrowing narrowing;
    private final HeldAlready held;
    private final Catalog catalog;
    private final Directory people;

    LookAround(
            ApprovalCases cases,
            OpenLevels levels,
            Narrowing narrowing,
            HeldAlready held,
            Catalog catalog,
            Directory people) {
        this.cases = cases;
        this.levels = levels;
        this.narrowing = narrowing;
        this.held = held;
        this.catalog = catalog;
        this.people = people;
    }

    Around of(AccessRequest request) {
        ApprovalCase approval = cases.load(request.id());
        Scope scope = approval.scope();
        return new Around(
                levels.of(approval).orElse(null),
                scope.entitlement(),
                catalog.nameOf(scope.entitlement()),
                scope.duration(),
                held.withMore(approval).orElse(null),
                narrowing.lesserThan(request, scope.entitlement()).stream()
                        .map(lesser -> new Around.Lesser(lesser.id(), lesser.name()))
                        .toList(),
                approval.questions(),
                held.names(approval),
                people.namesById(approval.parties()));
    }
}
