package dev.drawbridge.guardrails;

import dev.drawbridge.catalog.Catalog;
import dev.drawbridge.catalog.Entitlement;
import dev.drawbridge.catalog.LevelDefinition;
import dev.drawbridge.catalog.LevelDefinitions;
import dev.drawbridge.catalog.TicketNumbers;
import dev.drawbridge.catalog.WallClocks;
import dev.drawbridge.guardrails.Vocabulary.Domain;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What the words of a rule can be compared with, and what a rule can ask for: a name that no other file knows is a slip of the pen,
 * and a rule with one would never fire, or always.
 *
 * @param known by domain; what is in none is not looked at
 * @param levels those that a rule may ask for
 */
record RuleWords(Map<Domain, Set<String>> known, Set<String> levels) {
    /** How people sign in. */
    static final List<String> METHODS = List.of("form", "basic", "oidc", "token");

    static RuleWords of(Catalog catalog, LevelDefinitions levels, TicketNumbers tickets) {
        Map<Domain, Set<String>> known = new EnumMap<>(Domain.class);
        known.put(Domain.ENTITLEMENT, each(catalog.all(), Entitlement::id));
        known.put(Domain.RESOURCE, each(catalog.all(), Entitlement::resource));
        known.put(
                Domain.TARGET,
                each(catalog.all(), entitlement -> entitlement.target().system()));
        known.put(Domain.ENVIRONMENT, catalog.words().environments());
        known.put(Domain.GROUP, catalog.words().groups());
        known.put(Domain.OBLIGATION, catalog.words().obligations());
        known.put(Domain.TICKET_SYSTEM, tickets.systems());
        known.put(Domain.METHOD, Set.copyOf(METHODS));
        known.put(Domain.ZONE, Set.copyOf(WallClocks.names()));
        return new RuleWords(known, each(levels.inOrder(), LevelDefinition::name));
    }

    private static <T> Set<String> each(Collection<T> all, Function<T, String> word) {
        return all.stream().map(word).collect(Collectors.toSet());
    }

    boolean know(Domain domain, String word) {
        Set<String> words = known.get(domain);
        // Nothing at all stands for a ticket of no known system, or for none.
        return words == null || words.contains(word) || domain == Domain.TICKET_SYSTEM && word.isEmpty();
    }

    /** For a sentence. */
    String all(Domain domain) {
        Set<String> words = known.getOrDefault(domain, Set.of());
        return domain == Domain.ZONE
                ? "those of cities, such as Europe/Berlin"
                : words.isEmpty()
                        ? "none"
                        : String.join(", ", words.stream().sorted().toList());
    }
}
