package dev.drawbridge.process;

import dev.drawbridge.platform.Refusal;
import java.io.ByteArrayInputStream;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.impl.util.xml.Element;

/** The files under {@code processes/}, by their paths there. */
public final class ProcessFiles {
    /** A process and its forms, those of Camunda Modeler too; what else lies there is for people. */
    private static final List<String> READ = List.of(".bpmn", ".bpmn20.xml", ".html", ".form");

    private ProcessFiles() {}

    /** Whether the engine is given such a file. */
    public static boolean isRead(String path) {
        return READ.stream().anyMatch(path::endsWith);
    }

    /**
     * The files with others in their place: a form where one of its path is; a process where one of the same id is, whatever the
     * file is called, since the engine knows processes by their ids.
     */
    public static SortedMap<String, byte[]> merged(SortedMap<String, byte[]> files, SortedMap<String, byte[]> others) {
        SortedMap<String, byte[]> merged = new TreeMap<>(files);
        others.forEach((path, content) -> {
            if (!isRead(path)) {
                return;
            }
            List<String> replaced =
                    DeploymentInspection.isProcess(path) ? replaced(merged, ids(path, content)) : List.of();
            replaced.forEach(merged::remove);
            merged.put(replaced.size() == 1 ? replaced.get(0) : path, content);
        });
        return merged;
    }

    private static List<String> replaced(SortedMap<String, byte[]> files, Set<String> ids) {
        return files.entrySet().stream()
                .filter(file -> DeploymentInspection.isProcess(file.getKey())
                        && !Collections.disjoint(ids(file.getKey(), file.getValue()), ids))
                .map(SortedMap.Entry::getKey)
                .toList();
    }

    /** The processes that are in a file; none where it cannot be read, which whoever publishes it is told. */
    static Set<String> ids(String path, byte[] content) {
        try {
            Element root =
                    ProcessReader.read(path, new ByteArrayInputStream(content)).root();
            return Stream.concat(Stream.of(root), root.elements().stream())
                    .filter(element -> element.getTagName().equals("process"))
                    .map(element -> String.valueOf(element.attribute("id")))
                    .collect(Collectors.toSet());
        } catch (Refusal unreadable) {
            return Set.of();
        }
    }
}
