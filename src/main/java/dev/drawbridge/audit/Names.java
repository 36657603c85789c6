package dev.drawbridge.audit;

import dev.drawbridge.catalog.Catalog;
import dev.drawbridge.directory.Directory;
import dev.drawbridge.platform.PlainText;
import dev.drawbridge.request.InWords;
import java.util.Collection;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** People, groups and what they ask for, by name, with the id that counts. */
@Component
class Names {
    private final Directory people;
    private final Catalog catalog;

    Names(Directory people, Catalog catalog) {
        this.people = people;
        this.catalog = catalog;
    }

    String who(String id) {
        String name = PlainText.shown(people.nameOf(id));
        return name.equals(id) ? id : name + " (" + id + ")";
    }

    String what(String entitlement) {
        return catalog.find(entitlement)
                .map(known -> known.name() + " (" + entitlement + ")")
                .orElse(entitlement);
    }

    String groups(Collection<String> groups) {
        return groups.stream().map(people::nameOfGroup).collect(Collectors.joining(", "));
    }

    /** One after the other; {@code none} where there is nobody. */
    String inOrder(Collection<String> ids) {
        return ids.isEmpty() ? "none" : ids.stream().map(this::who).collect(Collectors.joining(", then "));
    }

    static String at(String level) {
        return " at level " + InWords.level(level);
    }
}
