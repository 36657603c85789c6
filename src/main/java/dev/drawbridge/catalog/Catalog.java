package dev.drawbridge.catalog;

import com.fasterxml.jackson.core.type.TypeReference;
import java.nio.file.Path;
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
    private final Map<String, Entitlement> entitlements = new LinkedHashMap<>();

    private record Content(List<Entitlement> entitlements) {}

    public Catalog(RuleFiles files) {
        for (Entitlement entitlement :
                files.read("catalog.yaml", new TypeReference<Content>() {}).entitlements()) {
            if (entitlement.limit().isNegative() || entitlement.limit().isZero()) {
                throw new RulesException(
                        Path.of("catalog.yaml"), 0, "'" + entitlement.id() + "' needs a limit longer than nothing.");
            }
            if (entitlements.put(entitlement.id(), entitlement) != null) {
                throw new RulesException(Path.of("catalog.yaml"), 0, "'" + entitlement.id() + "' is there twice.");
            }
        }
    }

    public Optional<Entitlement> find(String id) {
        return Optional.ofNullable(entitlements.get(id));
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
