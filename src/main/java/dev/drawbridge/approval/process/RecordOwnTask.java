package dev.drawbridge.approval.process;

import dev.drawbridge.approval.OwnTask;
import dev.drawbridge.approval.OwnTasks;
import dev.drawbridge.catalog.Catalog;
import dev.drawbridge.directory.Directory;
import dev.drawbridge.platform.PlainText;
import dev.drawbridge.platform.Refusals;
import dev.drawbridge.platform.SignIn;
import dev.drawbridge.process.FixedTask;
import dev.drawbridge.process.ProcessNames;
import dev.drawbridge.request.AccessRequest;
import dev.drawbridge.request.AccessRequests;
import dev.drawbridge.request.RequestView;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.task.IdentityLink;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Puts on record what a company's own process asks people to do, who does it, and with what note. */
@Component
class RecordOwnTask implements FixedTask {
    /** What the engine can store. */
    private static final int LONGEST = 255;

    private final AccessRequests requests;
    private final OwnTasks own;
    private final Catalog catalog;
    private final Directory people;
    private final Refusals refusals;

    RecordOwnTask(AccessRequests requests, OwnTasks own, Catalog catalog, Directory people, Refusals refusals) {
        this.requests = requests;
        this.own = own;
        this.catalog = catalog;
        this.people = people;
        this.refusals = refusals;
    }

    @Override
    public Set<String> tasks() {
        return Set.of(ProcessNames.ANY_OTHER_TASK);
    }

    @Override
    public void created(DelegateTask task) {
        AccessRequest request = requests.ofProcessInstance(task.getProcessInstanceId());
        String name = PlainText.shown(task.getName() == null ? task.getTaskDefinitionKey() : task.getName());
        own.open(new OwnTask(
                task.getId(),
                request.id(),
                task.getTaskDefinitionKey(),
                name,
                candidates(task, IdentityLink::getGroupId),
                candidates(task, IdentityLink::getUserId)));
        String title = name + ": " + RequestView.title(catalog.nameOf(request.entitlement()), request.extending())
                + " for " + people.nameOf(request.requester());
        task.setName(title.length() <= LONGEST ? title : title.substring(0, LONGEST - 1) + "…");
    }

    private static Set<String> candidates(DelegateTask task, Function<IdentityLink, @Nullable String> by) {
        return task.getCandidates().stream()
                .flatMap(link -> Stream.ofNullable(by.apply(link)))
                .collect(Collectors.toSet());
    }

    @Override
    public void completed(DelegateTask task, SignIn who, Map<String, String> form) {
        AccessRequest request = requests.ofProcessInstance(task.getProcessInstanceId());
        refusals.onRecord(
                who.person(),
                request.id(),
                () -> own.complete(request, task.getId(), who, form.getOrDefault("note", "")));
    }

    @Override
    public void abandoned(DelegateTask task) {
        own.gone(task.getId());
    }
}
