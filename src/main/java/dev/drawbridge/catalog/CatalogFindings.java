package dev.drawbridge.catalog;

import dev.drawbridge.directory.Directory;
import dev.drawbridge.publication.OfPublication;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * What the files of process owners name and is not there now: targets that nobody has configured, groups that nobody is in,
 * accounts. No mistake that could stop a start, since people come and go.
 */
@Component
@OfPublication
public class CatalogFindings {
    private static final String CATALOG = "catalog.yaml";
    private static final String LEVELS = "levels.yaml";
    private static final String ON_CALL = "on-call.yaml";
    private static final int NAMED = 3;

    private final Catalog catalog;
    private final Offer offer;
    private final Directory people;
    private final Map<String, RulesPlace> entitlements = new HashMap<>();
    private final Map<String, RulesPlace> targets = new HashMap<>();
    private final List<Asked> asked = new ArrayList<>();
    private final List<OnDuty> onDuty = new ArrayList<>();
    private final List<FurtherFindings> further;

    /** What groups are named for; in the order in which it is told. */
    private enum Kind {
        REQUESTERS("Nobody may ask for "),
        OWNERS("Nobody owns "),
        APPROVERS("No group can answer at the level "),
        LATER("No group comes in later at the level ");

        private final String nobody;

        Kind(String nobody) {
            this.nobody = nobody;
        }
    }

    /** Groups that are named somewhere, any of which will do. */
    private record Asked(Kind kind, Set<String> groups, String by, RulesPlace where) {
        boolean isForOneOf(Set<String> entitlements) {
            return (kind == Kind.REQUESTERS || kind == Kind.OWNERS) && entitlements.contains(by);
        }
    }

    /** People who have duty in turn. */
    private record OnDuty(String rota, List<String> people, RulesPlace where) {}

    /** Which of those can be told together. */
    private record Alike(Kind kind, Set<String> groups) {}

    public CatalogFindings(
            RuleFiles files,
            Catalog catalog,
            LevelDefinitions levels,
            OnCall onCall,
            Offer offer,
            Directory people,
            List<FurtherFindings> further) {
        this.catalog = catalog;
        this.offer = offer;
        this.people = people;
        this.further = further;
        WrittenYaml written = files.written(CATALOG);
        int number = 0;
        for (Entitlement one : catalog.all()) {
            entitlements.put(one.id(), place(CATALOG, written, "entitlements", number));
            targets.put(one.id(), place(CATALOG, written, "entitlements", number, "target"));
            asked.add(new Asked(
                    Kind.REQUESTERS,
                    one.requesters(),
                    one.id(),
                    place(CATALOG, written, "entitlements", number, "requesters")));
            asked.add(new Asked(
                    Kind.OWNERS, one.owners(), one.id(), place(CATALOG, written, "entitlements", number, "owners")));
            number++;
        }
        // Which levels are in use is for the guardrails to say.
        approvers(levels.inOrder(), files.written(LEVELS));
        rotas(onCall, files.written(ON_CALL));
    }

    private void rotas(OnCall onCall, WrittenYaml written) {
        List<String> rotas = onCall.rotas();
        for (int number = 0; number < rotas.size(); number++) {
            onDuty.add(new OnDuty(
                    rotas.get(number),
                    onCall.people(rotas.get(number)),
                    place(ON_CALL, written, "rotas", number, "people")));
        }
    }

    private void approvers(List<LevelDefinition> levels, WrittenYaml written) {
        for (int number = 0; number < levels.size(); number++) {
            LevelDefinition level = levels.get(number);
            if (!level.groups().isEmpty()) {
                asked.add(new Asked(
                        Kind.APPROVERS,
                        Set.copyOf(level.groups()),
                        level.name(),
                        place(LEVELS, written, "levels", number, "groups")));
            }
            for (int tier = 0; tier < level.escalate().size(); tier++) {
                asked.add(new Asked(
                        Kind.LATER,
                        Set.copyOf(level.escalate().get(tier).groups()),
                        level.name(),
                        place(LEVELS, written, "levels", number, "escalate", tier)));
            }
        }
    }

    private static RulesPlace place(String file, WrittenYaml written, Object... way) {
        return new RulesPlace("rules/" + file, written.line(List.of(way)));
    }

    /** Where an entitlement of the catalog stands. */
    public RulesPlace placeOf(Entitlement entitlement) {
        return entitlements.getOrDefault(entitlement.id(), new RulesPlace("rules/" + CATALOG, 1));
    }

    /**
     * What there is to tell now, with these targets configured; asks for all groups and people by one statement. Of what has been
     * retired nobody needs to hear.
     */
    public List<CatalogFinding> now(Set<String> systems) {
        Set<String> retired = offer.retired();
        List<Asked> now = asked.stream().filter(one -> !one.isForOneOf(retired)).toList();
        List<CatalogFinding> findings = new ArrayList<>(withoutTarget(systems, retired));
        Directory.Known known = known();
        Set<String> empty = withoutMembers(now, known);
        Set<String> told = new TreeSet<>();
        Map<Alike, List<Asked>> nobody = new LinkedHashMap<>();
        for (Asked one : now) {
            if (empty.containsAll(one.groups())) {
                told.addAll(one.groups());
                nobody.computeIfAbsent(new Alike(one.kind(), one.groups()), none -> new ArrayList<>())
                        .add(one);
            }
        }
        nobody.forEach((alike, those) -> findings.add(new CatalogFinding(
                those.get(0).where(),
                alike.kind().nobody + listed(those.stream().map(Asked::by).toList()) + ": "
                        + whyNobody(alike.groups()))));
        empty.removeAll(told);
        for (String group : empty) {
            now.stream()
                    .filter(one -> one.groups().contains(group))
                    .findFirst()
                    .ifPresent(one -> findings.add(
                            new CatalogFinding(one.where(), "Nobody is in the group " + quoted(group) + ".")));
        }
        findings.addAll(withoutAccount(known));
        further.forEach(more -> findings.addAll(more.now()));
        return List.copyOf(findings);
    }

    private List<CatalogFinding> withoutAccount(Directory.Known known) {
        List<CatalogFinding> findings = new ArrayList<>();
        for (OnDuty rota : onDuty) {
            List<String> gone = rota.people().stream()
                    .filter(person -> known.accounts(Set.of(person)).isEmpty())
                    .toList();
            if (!gone.isEmpty()) {
                findings.add(new CatalogFinding(
                        rota.where(),
                        "Nobody has duty when it is the turn of " + listed(gone) + " on the rota " + quoted(rota.rota())
                                + ": there is no such account."));
            }
        }
        return findings;
    }

    private Directory.Known known() {
        return people.known(
                asked.stream().flatMap(one -> one.groups().stream()).collect(Collectors.toSet()),
                onDuty.stream().flatMap(one -> one.people().stream()).collect(Collectors.toSet()),
                Set.of());
    }

    private List<CatalogFinding> withoutTarget(Set<String> systems, Set<String> retired) {
        Map<String, List<Entitlement>> without = catalog.all().stream()
                .filter(one -> !systems.contains(one.target().system()) && !retired.contains(one.id()))
                .collect(Collectors.groupingBy(one -> one.target().system(), LinkedHashMap::new, Collectors.toList()));
        List<CatalogFinding> findings = new ArrayList<>();
        without.forEach((system, those) -> findings.add(new CatalogFinding(
                targets.getOrDefault(those.get(0).id(), placeOf(those.get(0))),
                "The target " + quoted(system) + " is not configured (drawbridge.targets."
                        + WrittenValues.quoted(system) + "), so nobody can be given "
                        + listed(those.stream().map(Entitlement::id).toList()) + ".")));
        return findings;
    }

    private static Set<String> withoutMembers(List<Asked> asked, Directory.Known known) {
        return asked.stream()
                .flatMap(one -> one.groups().stream())
                .distinct()
                .filter(group -> known.members(Set.of(group)).isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String whyNobody(Set<String> groups) {
        return groups.isEmpty()
                ? "no group is named."
                : (groups.size() == 1 ? "nobody is in the group " : "nobody is in the groups ")
                        + listed(groups.stream().sorted().toList()) + ".";
    }

    private static String listed(Collection<String> names) {
        List<String> distinct = names.stream().distinct().toList();
        String first =
                distinct.stream().limit(NAMED).map(CatalogFindings::quoted).collect(Collectors.joining(", "));
        return distinct.size() > NAMED ? first + " and " + (distinct.size() - NAMED) + " more" : first;
    }

    private static String quoted(String name) {
        return "'" + WrittenValues.quoted(name) + "'";
    }
}
