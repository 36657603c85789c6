package dev.drawbridge.catalog;

import dev.drawbridge.publication.OfPublication;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * Holds the files of process owners against one another: a word that only one of them knows would be asked for, and nobody would
 * hear of it.
 */
@Component
@OfPublication
public class AgreeingFiles {
    private static final String NONE = "none";

    private final RuleFiles files;
    private final Catalog catalog;

    /** Throws where they do not agree. */
    public AgreeingFiles(
            RuleFiles files, Catalog catalog, BusinessCalendar calendar, LevelDefinitions levels, OnCall onCall) {
        this.files = files;
        this.catalog = catalog;
        catalogAgrees(levels, onCall);
        levelsAgree(levels.inOrder(), onCall);
        calendar.scopes().forEach(this::calendarAgrees);
        calendar.zonedGroups()
                .forEach(group -> require("calendar.yaml", catalog.words().groups(), "group", group, "zones", group));
    }

    private void catalogAgrees(LevelDefinitions levels, OnCall onCall) {
        int number = 0;
        for (Entitlement entitlement : catalog.all()) {
            Object[] place = {"entitlements", number++};
            require(
                    "catalog.yaml",
                    catalog.words().environments(),
                    "environment",
                    entitlement.environment(),
                    with(place, "environment"));
            groups("catalog.yaml", entitlement.requesters(), with(place, "requesters"));
            groups("catalog.yaml", entitlement.owners(), with(place, "owners"));
            entitlement.levels().byName().forEach((name, own) -> {
                Object[] here = with(place, "levels", name);
                LevelDefinition level = levels.find(name)
                        .orElseThrow(() ->
                                wrong("catalog.yaml", "there is no level '" + name + "' in rules/levels.yaml.", here));
                own.schedule()
                        .name()
                        .ifPresent(rota -> requireRota("catalog.yaml", level, rota, onCall, with(here, "schedule")));
                if (own.quorum()
                        .people()
                        .filter(people -> people < 1 || people > LevelDefinitions.LARGEST_QUORUM)
                        .isPresent()) {
                    throw wrong(
                            "catalog.yaml",
                            "a quorum is at least 1 and at most " + LevelDefinitions.LARGEST_QUORUM + ".",
                            with(here, "quorum"));
                }
            });
        }
    }

    private void levelsAgree(List<LevelDefinition> levels, OnCall onCall) {
        for (int number = 0; number < levels.size(); number++) {
            LevelDefinition level = levels.get(number);
            Object[] place = {"levels", number};
            groups("levels.yaml", level.groups(), with(place, "groups"));
            for (int tier = 0; tier < level.escalate().size(); tier++) {
                groups("levels.yaml", level.escalate().get(tier).groups(), with(place, "escalate", tier, "groups"));
            }
            groups("levels.yaml", level.deputies().groups().orElse(Set.of()), with(place, "deputies"));
            if (level.of() == LevelDefinition.Source.ON_CALL
                    || !level.schedule().equals(NONE)) {
                requireRota("levels.yaml", level, level.schedule(), onCall, with(place, "schedule"));
            }
        }
    }

    private void requireRota(String file, LevelDefinition level, String rota, OnCall onCall, Object... place) {
        if (level.of() != LevelDefinition.Source.ON_CALL) {
            throw wrong(file, "only a level of ON_CALL goes by a rota; write 'none'.", place);
        }
        if (onCall.people(rota).isEmpty()) {
            throw wrong(file, "there is no rota '" + rota + "' in rules/on-call.yaml.", place);
        }
    }

    private void calendarAgrees(BusinessCalendar.Scope scope) {
        Set<String> systems = catalog.all().stream()
                .map(entitlement -> entitlement.target().system())
                .collect(Collectors.toSet());
        scope.systems()
                .forEach(one -> require("calendar.yaml", systems, "target", one, with(scope.place(), "systems")));
        scope.environments()
                .forEach(one -> require(
                        "calendar.yaml",
                        catalog.words().environments(),
                        "environment",
                        one,
                        with(scope.place(), "environments")));
    }

    private void groups(String file, Collection<String> groups, Object... place) {
        groups.stream().sorted().forEach(group -> require(file, catalog.words().groups(), "group", group, place));
    }

    private void require(String file, Set<String> known, String what, String word, Object... place) {
        if (!known.contains(word)) {
            throw wrong(file, unknown(what, word, known), place);
        }
    }

    /** For a word that is not declared: which are. */
    static String unknown(String what, String word, Collection<String> known) {
        return "there is no " + what + " '" + WrittenValues.quoted(word) + "' in rules/catalog.yaml; it knows "
                + (known.isEmpty()
                        ? "none"
                        : String.join(", ", known.stream().sorted().toList())) + ".";
    }

    private RulesException wrong(String file, String sentence, Object... place) {
        return files.wrong(file, sentence, place);
    }

    private static Object[] with(Object[] place, Object... more) {
        return Stream.concat(Arrays.stream(place), Arrays.stream(more)).toArray();
    }
}
