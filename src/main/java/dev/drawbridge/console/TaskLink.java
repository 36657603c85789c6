package dev.drawbridge.console;

import dev.drawbridge.approval.Asks;
import dev.drawbridge.platform.CurrentSignIn;
import dev.drawbridge.process.AccessTasks;
import dev.drawbridge.process.ProcessNames;
import dev.drawbridge.request.AccessRequest;
import dev.drawbridge.request.AccessRequests;
import dev.drawbridge.request.RequestView;
import dev.drawbridge.request.RequestViews;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * A link in a mail and on the start page: to the task that is open when it is followed, since with each answer the engine
 * makes another one.
 */
@Controller
class TaskLink {
    private final RequestViews views;
    private final AccessRequests requests;
    private final AccessTasks tasks;
    private final Asks asks;

    TaskLink(RequestViews views, AccessRequests requests, AccessTasks tasks, Asks asks) {
        this.views = views;
        this.requests = requests;
        this.tasks = tasks;
        this.asks = asks;
    }

    @GetMapping("/requests/{id}/task")
    String follow(@PathVariable UUID id, RedirectAttributes then) {
        String me = CurrentSignIn.require().person();
        Optional<String> task =
                views.find(me, id).map(RequestView::id).flatMap(requests::find).flatMap(request -> taskOf(me, request));
        if (task.isEmpty()) {
            then.addFlashAttribute("message", "Nothing waits for you there any more.");
        }
        return task.map(open -> "redirect:/tasks/" + open).orElse("redirect:/");
    }

    /** Who may see a request need not be asked anything. */
    private Optional<String> taskOf(String me, AccessRequest request) {
        if (requests.isBy(me, request)) {
            return tasks.openTask(request.processInstanceId(), ProcessNames.ANSWER_QUESTION)
                    .or(() -> tasks.openTask(request.processInstanceId(), ProcessNames.USE_ACCESS));
        }
        return asks.of(me, request)
                .flatMap(asked -> tasks.openTask(request.processInstanceId(), ProcessNames.APPROVE_ACCESS))
                .or(() -> tasks.ownTaskShownTo(me, request.processInstanceId()));
    }
}
