package dev.drawbridge.approval.process;

import dev.drawbridge.approval.Reply;
import dev.drawbridge.platform.Refusals;
import dev.drawbridge.platform.SignIn;
import dev.drawbridge.process.FixedTask;
import dev.drawbridge.process.ProcessNames;
import dev.drawbridge.request.AccessRequest;
import dev.drawbridge.request.AccessRequests;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.springframework.stereotype.Component;

/** Puts on record what the requester answers, in the call in which they complete the task, through whichever door. */
@Component
class RecordAnswer implements FixedTask {
    private final AccessRequests requests;
    private final Reply reply;
    private final Refusals refusals;

    RecordAnswer(AccessRequests requests, Reply reply, Refusals refusals) {
        this.requests = requests;
        this.reply = reply;
        this.refusals = refusals;
    }

    @Override
    public Set<String> tasks() {
        return Set.of(ProcessNames.ANSWER_QUESTION);
    }

    @Override
    public void completed(DelegateTask task, SignIn who, Map<String, String> form) {
        AccessRequest request = requests.ofProcessInstance(task.getProcessInstanceId());
        refusals.onRecord(
                who.person(), request.id(), () -> reply.give(request, who.person(), form.getOrDefault("answer", "")));
    }
}
