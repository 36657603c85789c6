package dev.drawbridge.console;

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

/** A link in a mail: to the task that is open when it is followed, since with each answer the engine makes another one. */
@Controller
class TaskLink {
    private final RequestViews views;
    private final AccessRequests requests;
    private final AccessTasks tasks;

    TaskLink(RequestViews views, AccessRequests requests, AccessTasks tasks) {
        this.views = views;
        this.requests = requests;
        this.tasks = tasks;
    }

    @GetMapping("/requests/{id}/task")
    String follow(@PathVariable UUID id, RedirectAttributes then) {
        Optional<String> task = views.find(CurrentSignIn.require().person(), id)
                .map(RequestView::id)
                .flatMap(requests::find)
                .map(AccessRequest::processInstanceId)
                .flatMap(instance -> tasks.openTask(instance, ProcessNames.APPROVE_ACCESS));
        if (task.isEmpty()) {
            then.addFlashAttribute("message", "Nothing waits for your answer there any more.");
        }
        return task.map(open -> "redirect:/tasks/" + open).orElse("redirect:/");
    }
}
