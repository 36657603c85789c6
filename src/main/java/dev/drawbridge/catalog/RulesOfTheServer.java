package dev.drawbridge.catalog;

import dev.drawbridge.publication.RulesFolder;
import java.nio.file.Path;
import java.util.SortedMap;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** The folder {@code drawbridge.rules}. */
@Component
class RulesOfTheServer implements RulesFolder {
    private final Path folder;

    RulesOfTheServer(@Value("${drawbridge.rules:rules}") Path folder) {
        this.folder = folder;
    }

    @Override
    public SortedMap<String, byte[]> files() {
        return RuleSource.read(folder);
    }
}
