package dev.drawbridge.request;

import dev.drawbridge.platform.CurrentSignIn;
import dev.drawbridge.platform.SignIn;
import dev.drawbridge.process.AccessProcesses;
import dev.drawbridge.request.AccessToExtend.LiveAccess;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Asking for more time of access that one holds. */
@RestController
@RequestMapping("/api/v1/access-requests/{id}/extension")
@Tag(name = "Access requests")
class ExtensionResource {
    private final AccessProcesses processes;
    private final AccessRequests requests;
    private final RequestViews views;
    private final AccessToExtend live;
    private final Clock clock;

    ExtensionResource(
            AccessProcesses processes, AccessRequests requests, RequestViews views, AccessToExtend live, Clock clock) {
        this.processes = processes;
        this.requests = requests;
        this.views = views;
        this.live = live;
        this.clock = clock;
    }

    record ExtensionBody(
            @Nullable String duration,
            @Nullable String justification,
            @Nullable String ticket) {}

    @PostMapping
    @Operation(
            summary = "Ask for more time of access that you hold",
            description = "It goes the way of every request, judged by the time that the access would last in all. The"
                    + " answer is the request that is extended; `extensions` names the requests for more time.")
    RequestView extend(@PathVariable UUID id, @RequestBody ExtensionBody body) {
        SignIn signIn = CurrentSignIn.require();
        RequestView extended = views.require(signIn.person(), id);
        AccessRequest request = requests.find(extended.id()).orElseThrow();
        String entitlement =
                live.find(id, clock.instant()).map(LiveAccess::entitlement).orElse(request.entitlement());
        processes.start(
                signIn,
                new Draft(
                                entitlement,
                                body.duration(),
                                body.justification(),
                                body.ticket() == null ? request.ticket() : body.ticket(),
                                null,
                                id.toString())
                        .asVariables());
        return views.require(signIn.person(), id);
    }
}
