package dev.drawbridge.guardrails;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.drawbridge.catalog.BusinessCalendar;
import dev.drawbridge.catalog.Catalog;
import dev.drawbridge.catalog.RuleFiles;
import dev.drawbridge.catalog.RulesException;
import dev.drawbridge.catalog.TicketNumbers;
import dev.drawbridge.publication.FilesByNumber;
import dev.drawbridge.publication.PublicationInForce;
import dev.drawbridge.publication.PublishedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.util.FileSystemUtils;

/** The rules in force, and those of other publications, compiled from their files when somebody asks for them. */
@Component
class CompiledPublications implements RulesByNumber {
    private static final int MOST = 4;

    private final PublicationInForce inForce;
    private final FilesByNumber files;
    private final Ruleset now;
    private final Cache<Long, Ruleset> others =
            Caffeine.newBuilder().maximumSize(MOST).build();

    CompiledPublications(
            PublicationInForce inForce,
            FilesByNumber files,
            Rulebook rulebook,
            Catalog catalog,
            BusinessCalendar calendar,
            TicketNumbers tickets) {
        this.inForce = inForce;
        this.files = files;
        this.now = new Ruleset(rulebook, catalog, calendar, tickets);
    }

    @Override
    public Optional<Ruleset> find(long publication) {
        if (inForce.now().filter(current -> current.number() == publication).isPresent()) {
            return Optional.of(now);
        }
        Ruleset known = others.getIfPresent(publication);
        if (known != null) {
            return Optional.of(known);
        }
        // It takes a second: nobody else waits for it.
        Optional<Ruleset> compiled = files.find(publication).map(CompiledPublications::compiled);
        compiled.ifPresent(rules -> others.put(publication, rules));
        return compiled;
    }

    private static Ruleset compiled(PublishedFiles published) {
        Path folder = null;
        try {
            folder = Files.createTempDirectory("drawbridge-rules");
            for (Map.Entry<String, byte[]> file :
                    published.in(PublishedFiles.RULES).entrySet()) {
                Path path = folder.resolve(file.getKey()).normalize();
                if (!path.startsWith(folder)) {
                    throw new RulesException("A file of this publication lies outside its folder.");
                }
                Files.createDirectories(path.resolveSibling("."));
                Files.write(path, file.getValue());
            }
            return Ruleset.of(new RuleFiles(folder));
        } catch (IOException full) {
            throw new IllegalStateException(full);
        } finally {
            FileSystemUtils.deleteRecursively(folder == null ? null : folder.toFile());
        }
    }
}
