package dev.drawbridge.process;

import dev.drawbridge.platform.Refusal;
import java.util.List;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** The process in which a second process owner agrees to a publication. A company that has taken it away agrees by page or REST. */
@Component
public class PolicyChanges {
    private static final String PUBLICATION = "publication";
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");
    private static final String OWNERS = "process-owners";

    private final RuntimeService runtime;
    private final RepositoryService repository;
    private final Acting acting;

    PolicyChanges(@Lazy RuntimeService runtime, @Lazy RepositoryService repository, Acting acting) {
        this.runtime = runtime;
        this.repository = repository;
        this.acting = acting;
    }

    /** Asks for agreement to the publication of this number, in the transaction that runs. */
    public void ask(long publication) {
        acting.asEngine(() -> {
            if (isThere()) {
                runtime.createProcessInstanceByKey(ProcessNames.POLICY_CHANGE)
                        .businessKey(String.valueOf(publication))
                        .setVariable(PUBLICATION, publication)
                        .execute();
            }
        });
    }

    private boolean isThere() {
        return repository
                        .createProcessDefinitionQuery()
                        .processDefinitionKey(ProcessNames.POLICY_CHANGE)
                        .latestVersion()
                        .count()
                > 0;
    }

    /** Nobody has to agree to it any more. */
    public void settle(long publication, String why) {
        acting.asEngine(() -> {
            List<ProcessInstance> waiting = runtime.createProcessInstanceQuery()
                    .processDefinitionKey(ProcessNames.POLICY_CHANGE)
                    .processInstanceBusinessKey(String.valueOf(publication))
                    .list();
            waiting.forEach(one -> runtime.deleteProcessInstanceIfExists(one.getId(), why, true, true, true, true));
        });
    }

    /** What its task is about, and that process owners have it. */
    public static void show(DelegateTask task) {
        task.addCandidateGroup(OWNERS);
    }

    /** The number of the publication that somebody agrees to; what a process makes of its variables says nothing. */
    public static long publicationOf(DelegateTask task) {
        String key = String.valueOf(task.getExecution().getProcessBusinessKey());
        if (!NUMBER.matcher(key).matches()) {
            throw Refusal.of(
                    Refusal.Kind.CONFLICT,
                    "no-such-publication",
                    "This task is about no publication that somebody proposed.");
        }
        return Long.parseLong(key);
    }
}
