package dev.drawbridge.catalog;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.drawbridge.publication.OfPublication;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** What can be asked for: {@code rules/catalog.yaml}. */
@Component
@OfPublication
public class Catalog {
    private static final String FILE = "catalog.yaml";
    private static final Duration SHORTEST = Duration.ofMinutes(1);

    private final Map<String, Entitlement> entitlements = new LinkedHashMap<>();

    private record Content(
            Set<String> environments, Set<String> groups, Set<String> obligations, List<Entitlement> entitlements) {}

    /**
     * The words that the files of process owners may use; each is declared once, so that a slip of the pen is no new word.
     *
     * @param groups those that may ask, own, approve, or stand in
     * @param obligations what rules may oblige to
     */
    public record Words(Set<String> environments, Set<String> groups, Set<String> obligations) {
        public Words {
            environments = Set.copyOf(environments);
            groups = Set.copyOf(groups);
            obligations = Set.copyOf(obligations);
        }
    }

    private final Words words;

    public Catalog(RuleFiles files) {
        Content content = files.read(FILE, new TypeReference<Content>() {});
        words = new Words(content.environments(), content.groups(), content.obligations());
        List<Entitlement> all = content.entitlements();
        for (int number = 0; number < all.size(); number++) {
            Entitlement entitlement = all.get(number);
            if (entitlement.limit().compareTo(SHORTEST) < 0) {
                throw files.wrong(
                        FILE,
                        "'" + entitlement.id() + "' needs a limit of a minute at least.",
                        "entitlements",
                        number,
                        "limit");
            }
            if (entitlements.put(entitlement.id(), entitlement) != null) {
                throw files.wrong(FILE, "'" + entitlement.id() + "' is there twice.", "entitlements", number);
            }
        }
    }

    /** The words that these files, and the guardrails, may use. */
    public Words words() {
        return words;
    }

    public Optional<Entitlement> find(String id) {
        return Optional.ofNullable(entitlements.get(id));
    }

    /** What people call it; its id, where it has left the catalog. */
    public String nameOf(String id) {
        return find(id).map(Entitlement::name).orElse(id);
    }

    public Collection<Entitlement> all() {
        return Collections.unmodifiableCollection(entitlements.values());
    }
}
