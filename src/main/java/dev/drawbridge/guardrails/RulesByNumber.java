package dev.drawbridge.guardrails;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.drawbridge.catalog.RuleFiles;
import dev.drawbridge.publication.FilesByNumber;
import dev.drawbridge.publication.PublishedFiles;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** By which rules each publication judges, in force or not: compiled from its files when somebody asks. */
@Component
class RulesByNumber {
    private static final int MOST = 4;

    private final FilesByNumber files;
    private final Object compiling = new Object();
    private final Cache<Long, RuleSet> known =
            Caffeine.newBuilder().maximumSize(MOST).build();

    RulesByNumber(FilesByNumber files) {
        this.files = files;
    }

    /**
     * None where there is no such publication; throws {@link dev.drawbridge.catalog.RulesException} where this release does not
     * understand its files.
     */
    Optional<RuleSet> find(long publication) {
        RuleSet already = known.getIfPresent(publication);
        if (already != null) {
            return Optional.of(already);
        }
        // It takes a second, and one at a time is enough for whoever looks back.
        synchronized (compiling) {
            return Optional.ofNullable(known.getIfPresent(publication)).or(() -> compiled(publication));
        }
    }

    private Optional<RuleSet> compiled(long publication) {
        Optional<RuleSet> compiled =
                files.find(publication).map(published -> RuleSet.of(new RuleFiles(published.in(PublishedFiles.RULES))));
        compiled.ifPresent(rules -> known.put(publication, rules));
        return compiled;
    }
}
