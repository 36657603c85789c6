package dev.drawbridge.process;

import java.io.ByteArrayInputStream;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import org.camunda.bpm.engine.impl.persistence.entity.DeploymentEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ResourceEntity;
import org.camunda.bpm.engine.impl.util.xml.Element;

/**
 * Makes what a person sends whole. Camunda Modeler sends a process, and what is attached to it under bare file names: a form goes
 * where the process names it, and one that was not sent is the one that is live.
 */
final class SentFiles {
    private final DeploymentEntity sent;
    private final Function<String, Optional<byte[]>> live;

    /** {@code live} knows the forms that are live, by their paths. */
    SentFiles(DeploymentEntity sent, Function<String, Optional<byte[]>> live) {
        this.sent = sent;
        this.live = live;
    }

    /** Refuses a process that cannot be read; what else is wrong is for the inspection to say. */
    void complete() {
        Map<String, ResourceEntity> files = sent.getResources();
        if (files == null || !DeploymentInspection.isOfAReadableSize(files.values())) {
            return;
        }
        Set<String> named = named(List.copyOf(files.values()));
        Set<String> moved = new TreeSet<>();
        for (String path : named) {
            if (files.containsKey(path)) {
                continue;
            }
            String bare = path.substring(path.lastIndexOf('/') + 1);
            ResourceEntity attached = files.get(bare);
            if (attached != null) {
                add(path, attached.getBytes());
                moved.add(bare);
            } else {
                live.apply(path).ifPresent(content -> add(path, content));
            }
        }
        moved.stream().filter(bare -> !named.contains(bare)).forEach(files::remove);
    }

    private void add(String name, byte[] content) {
        ResourceEntity file = new ResourceEntity();
        file.setName(name);
        file.setBytes(content);
        sent.addResource(file);
    }

    /** The paths of the forms that the processes name. */
    private static Set<String> named(Collection<ResourceEntity> files) {
        Set<String> named = new TreeSet<>();
        files.stream()
                .filter(file -> DeploymentInspection.isProcess(file.getName()))
                .forEach(file -> {
                    Element root = ProcessReader.read(file.getName(), new ByteArrayInputStream(file.getBytes()))
                            .root();
                    forms(root).forEach(named::add);
                });
        return named;
    }

    private static Stream<String> forms(Element element) {
        Matcher form = ProcessInspection.EMBEDDED_FORM.matcher(VariablesThere.camunda(element, "formKey"));
        return Stream.concat(
                form.matches() ? Stream.of(form.group(1)) : Stream.empty(),
                element.elements().stream().flatMap(SentFiles::forms));
    }
}
