package dev.drawbridge.catalog;

import dev.drawbridge.publication.RulesFolder;
import java.io.File;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** The folder {@code drawbridge.rules}. */
@Component
class RulesOfTheServer implements RulesFolder {
    private final RuleSource folder;

    RulesOfTheServer(@Value("${drawbridge.rules:rules}") Path folder) {
        this.folder = new RuleSource(folder);
    }

    @Override
    public SortedMap<String, byte[]> files() {
        SortedMap<String, byte[]> files = new TreeMap<>();
        for (Path file : folder.files()) {
            if (RuleFolder.counts(file)) {
                files.put(file.toString().replace(File.separatorChar, '/'), folder.content(file));
            }
        }
        return files;
    }
}
