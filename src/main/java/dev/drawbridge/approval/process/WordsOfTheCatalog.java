package dev.drawbridge.approval.process;

import dev.drawbridge.catalog.Catalog;
import dev.drawbridge.catalog.Entitlement;
import dev.drawbridge.process.KnownWords;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Lets processes name the entitlements, groups and obligations that the catalog declares, and no others. */
@Component
class WordsOfTheCatalog implements KnownWords {
    private static final String ASKED = "asked";

    private final Catalog catalog;

    WordsOfTheCatalog(Catalog catalog) {
        this.catalog = catalog;
    }

    @Override
    public Set<String> groups() {
        return catalog.words().groups();
    }

    @Override
    public Set<String> of(String bean, String method) {
        if (!bean.equals(ASKED)) {
            return Set.of();
        }
        return switch (method) {
            case "entitlement" -> catalog.all().stream().map(Entitlement::id).collect(Collectors.toSet());
            case "resource" -> catalog.all().stream().map(Entitlement::resource).collect(Collectors.toSet());
            case "environment" -> catalog.words().environments();
            case "obligedTo" -> catalog.words().obligations();
            default -> Set.of();
        };
    }
}
