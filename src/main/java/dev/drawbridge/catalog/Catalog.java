package dev.drawbridge.catalog;

import com.fasterxml.jackson.core.type.TypeReference;
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
public class Catalog {
    private static final String FILE = "catalog.yaml";
    private static final Duration SHORTEST = Duration.ofMinutes(1);

    private final Map<String, Entitlement> entitlements = new LinkedHashMap<>();

    private record Content(List<Entitlement> entitlements) {}

    public Catalog(RuleFiles files) {
        List<Entitlement> all =
                files.read(FILE, new TypeReference<Content>() {}).entitlements();
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

    /** Those that a member of these groups may ask for, in the file's order. */
    public List<Entitlement> askableBy(Set<String> groups) {
        return entitlements.values().stream()
                .filter(entitlement -> !Collections.disjoint(entitlement.requesters(), groups))
                .toList();
    }
}
