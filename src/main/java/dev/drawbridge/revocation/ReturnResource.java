package dev.drawbridge.revocation;

import dev.drawbridge.grant.Grants;
import dev.drawbridge.platform.CurrentSignIn;
import dev.drawbridge.platform.Refusal;
import dev.drawbridge.platform.Refusals;
import dev.drawbridge.platform.SignIn;
import dev.drawbridge.process.AccessTasks;
import dev.drawbridge.process.ProcessNames;
import dev.drawbridge.request.AccessRequest;
import dev.drawbridge.request.AccessRequests;
import dev.drawbridge.request.RequestView;
import dev.drawbridge.request.RequestViews;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Map;
import java.util.UUID;
import org.camunda.bpm.engine.ProcessEngineException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Handing access back. */
@RestController
@RequestMapping("/api/v1/access-requests/{id}")
@Tag(name = "Access requests")
public class ReturnResource {
    private static final Logger log = LoggerFactory.getLogger(ReturnResource.class);

    private final AccessRequests requests;
    private final RequestViews views;
    private final Grants grants;
    private final EndAccess end;
    private final AccessTasks tasks;
    private final Refusals refusals;

    ReturnResource(
            AccessRequests requests,
            RequestViews views,
            Grants grants,
            EndAccess end,
            AccessTasks tasks,
            Refusals refusals) {
        this.requests = requests;
        this.views = views;
        this.grants = grants;
        this.end = end;
        this.tasks = tasks;
        this.refusals = refusals;
    }

    @PostMapping("/return")
    @Operation(summary = "Hand your access back before its time is over")
    public RequestView handBack(@PathVariable UUID id) {
        SignIn signIn = CurrentSignIn.require();
        AccessRequest request = visible(signIn, id);
        refusals.onRecord(signIn.person(), id, () -> {
            if (!requests.isBy(signIn.person(), request)) {
                throw Refusal.of(Refusal.Kind.FORBIDDEN, "not-your-access", "Only who asked can hand it back.");
            }
            requireLive(id);
            // On record first: whatever the process is doing at this moment, an extension perhaps, the access ends.
            end.order(id, Reason.RETURNED, signIn.person(), "");
        });
        try {
            tasks.complete(signIn, request.processInstanceId(), ProcessNames.USE_ACCESS, Map.of());
        } catch (Refusal | ProcessEngineException | DataAccessException | TransactionException busy) {
            // Suspended, gone, or in the middle of something: the sweeper meets the obligation, and lets the process go
            // on.
            log.info("The process of request {} hears later that its access is handed back", id);
        }
        return views.require(signIn.person(), id);
    }

    private void requireLive(UUID id) {
        if (!grants.isLive(id)) {
            throw Refusal.of(Refusal.Kind.CONFLICT, "access-not-active", "This access is not active.");
        }
    }

    private AccessRequest visible(SignIn signIn, UUID id) {
        RequestView seen = refusals.onRecord(signIn.person(), id, () -> views.require(signIn.person(), id));
        return requests.find(seen.id()).orElseThrow();
    }
}
