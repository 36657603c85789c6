package dev.drawbridge.request;

import dev.drawbridge.catalog.Entitlement;
import dev.drawbridge.catalog.Offer;
import dev.drawbridge.platform.CurrentSignIn;
import dev.drawbridge.platform.Refusal;
import dev.drawbridge.platform.SignIn;
import dev.drawbridge.process.AccessProcesses;
import dev.drawbridge.process.AccessTasks;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Collection;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What may be asked for, asking, and reading back. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "Access requests")
class AccessRequestResource {
    private final Offer offer;
    private final AccessProcesses processes;
    private final AccessTasks tasks;
    private final AccessRequests requests;
    private final RequestViews views;

    AccessRequestResource(
            Offer offer, AccessProcesses processes, AccessTasks tasks, AccessRequests requests, RequestViews views) {
        this.offer = offer;
        this.processes = processes;
        this.tasks = tasks;
        this.requests = requests;
        this.views = views;
    }

    @GetMapping("/catalog")
    @Operation(summary = "The entitlements that you may ask for")
    Collection<Entitlement> catalog() {
        return offer.to(CurrentSignIn.require().groups());
    }

    @PostMapping("/access-requests")
    @Operation(summary = "Ask for access; the guardrails have judged when this answers")
    ResponseEntity<RequestView> submit(@RequestBody Draft draft, HttpServletRequest call) {
        SignIn signIn = CurrentSignIn.require();
        UUID id = processes.start(signIn, draft.asVariables());
        return ResponseEntity.created(URI.create(call.getContextPath() + "/api/v1/access-requests/" + id))
                .body(views.require(signIn.person(), id));
    }

    @GetMapping("/access-requests/{id}")
    @Operation(summary = "One request")
    RequestView one(@PathVariable UUID id) {
        return views.require(CurrentSignIn.require().person(), id);
    }

    /** For the forms: by the task itself and not by a variable, which others may have set. */
    @GetMapping("/tasks/{taskId}/access-request")
    @Operation(summary = "The request that a task in Tasklist is about")
    RequestView ofTask(@PathVariable String taskId) {
        String viewer = CurrentSignIn.require().person();
        return tasks.instanceOfTask(taskId)
                .flatMap(requests::findByProcessInstance)
                .flatMap(request -> views.find(viewer, request.id()))
                .orElseThrow(() -> Refusal.of(
                        Refusal.Kind.NOT_FOUND, "unknown-task", "This task is done, or it is not yours to see."));
    }
}
