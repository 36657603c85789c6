package dev.drawbridge.approval.web;

import dev.drawbridge.platform.CurrentSignIn;
import dev.drawbridge.platform.SignIn;
import dev.drawbridge.process.AccessTasks;
import dev.drawbridge.process.ProcessNames;
import dev.drawbridge.request.RequestView;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Answering what one was asked back. */
@RestController
@RequestMapping("/api/v1/access-requests/{id}/answer")
@Tag(name = "Approvals")
class QuestionResource {
    private final Acts acts;
    private final AccessTasks tasks;

    QuestionResource(Acts acts, AccessTasks tasks) {
        this.acts = acts;
        this.tasks = tasks;
    }

    record AnswerBody(@Nullable String answer) {}

    @PostMapping
    @Operation(summary = "Answer what an approver asked you back")
    RequestView answer(@PathVariable UUID id, @RequestBody AnswerBody body) {
        SignIn signIn = CurrentSignIn.require();
        Map<String, Object> form = new HashMap<>();
        form.put("answer", body.answer());
        acts.act(
                signIn,
                id,
                request -> tasks.complete(signIn, request.processInstanceId(), ProcessNames.ANSWER_QUESTION, form));
        return acts.view(signIn, id);
    }
}
