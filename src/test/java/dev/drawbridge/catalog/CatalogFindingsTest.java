package dev.drawbridge.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import dev.drawbridge.directory.Directory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the files of a company name and is not there is told where it stands, once for all that it concerns. */
class CatalogFindingsTest {
    private static final Path COMPANY = Path.of("src", "test", "resources", "company", "rules");
    private static final Set<String> TARGETS = Set.of("billing-prod", "personnel-prod");
    private static final Set<String> GROUPS =
            Set.of("developers", "interns", "team-leads", "billing-team", "people-ops", "dba");

    private final Directory people = mock(Directory.class);
    private final RuleFiles files = new RuleFiles(COMPANY);
    private final Catalog catalog = new Catalog(files);
    private final OnCall onCall = new OnCall(files, new BusinessCalendar(files));
    private final Offer offer = mock(Offer.class);
    private final CatalogFindings findings =
            new CatalogFindings(files, catalog, new LevelDefinitions(files), onCall, offer, people, List.of());
    private Set<String> accounts = onCall.rotas().stream()
            .flatMap(rota -> onCall.people(rota).stream())
            .collect(Collectors.toSet());

    private List<CatalogFinding> found(Set<String> targets, String... empty) {
        Map<String, Set<String>> members = GROUPS.stream()
                .filter(group -> !Arrays.asList(empty).contains(group))
                .collect(Collectors.toMap(group -> group, group -> Set.of("somebody")));
        when(people.known(any(), any(), any())).thenReturn(new Directory.Known(members, accounts, Map.of()));
        return findings.now(targets);
    }

    private static String lineOf(CatalogFinding found) throws IOException {
        return Files.readAllLines(COMPANY.resolve(found.where().file().replaceFirst("rules/", "")))
                .get(found.where().line() - 1);
    }

    @Test
    void findsNothingWhereTargetsAreConfiguredAndGroupsHaveMembers() {
        assertThat(found(TARGETS)).isEmpty();
        verify(people, times(1)).known(any(), any(), any());
    }

    @Test
    void tellsATargetThatIsNotConfiguredOnceForAllThatIsHandedOutThere() throws Exception {
        List<CatalogFinding> found = found(Set.of("personnel-prod"));

        assertThat(found)
                .singleElement()
                .extracting(CatalogFinding::sentence)
                .isEqualTo(
                        "The target 'billing-prod' is not configured (drawbridge.targets.billing-prod), so nobody can be"
                                + " given 'billing-read', 'billing-write', 'billing-admin' and 1 more.");
        assertThat(lineOf(found.get(0))).isEqualTo("    target: {system: billing-prod, role: billing_read}");
    }

    @Test
    void tellsWhatNobodyMayAskFor() throws Exception {
        List<CatalogFinding> found = found(TARGETS, "developers", "interns");

        assertThat(found)
                .extracting(CatalogFinding::sentence)
                .anyMatch(sentence -> sentence.startsWith("Nobody may ask for 'billing-read', 'billing-write', ")
                        && sentence.endsWith(": nobody is in the groups 'developers', 'interns'."))
                .contains("Nobody may ask for 'billing-admin': nobody is in the group 'developers'.")
                .noneMatch(sentence -> sentence.startsWith("Nobody is in"));
        assertThat(lineOf(found.get(0))).isEqualTo("    requesters: [developers, interns]");
    }

    @Test
    void tellsOwnersAndApproversWhoAreNobody() throws Exception {
        List<CatalogFinding> found = found(TARGETS, "people-ops", "team-leads");

        assertThat(found)
                .extracting(CatalogFinding::sentence)
                .anyMatch(sentence -> sentence.startsWith("Nobody owns 'personnel-read'")
                        && sentence.endsWith(": nobody is in the group 'people-ops'."))
                .anyMatch(sentence -> sentence.startsWith("No group can answer at the level ")
                        && sentence.endsWith(": nobody is in the group 'team-leads'."))
                .anyMatch(sentence -> sentence.startsWith("No group comes in later at the level "));
        assertThat(found.stream().map(one -> one.where().file()).distinct())
                .containsExactly("rules/catalog.yaml", "rules/levels.yaml");
        for (CatalogFinding one : found) {
            assertThat(lineOf(one)).containsAnyOf("owners: [people-ops]", "groups: [team-leads]");
        }
    }

    @Test
    void tellsAGroupWithoutMembersBesideOthersThatHaveSome() throws Exception {
        List<CatalogFinding> found = found(TARGETS, "interns");

        assertThat(found).extracting(CatalogFinding::sentence).containsExactly("Nobody is in the group 'interns'.");
        assertThat(lineOf(found.get(0))).contains("interns");
    }

    @Test
    void tellsNothingOfWhatIsRetired() {
        when(offer.retired()).thenReturn(Set.of("personnel-read"));

        assertThat(found(Set.of("billing-prod"), "people-ops")).isEmpty();
    }

    @Test
    void tellsWhoHasDutyAndNoAccount() throws Exception {
        accounts = Set.of("dora", "bea", "ben");

        List<CatalogFinding> found = found(TARGETS);

        assertThat(found)
                .singleElement()
                .extracting(CatalogFinding::sentence)
                .isEqualTo(
                        "Nobody has duty when it is the turn of 'dan' on the rota 'databases': there is no such account.");
        assertThat(lineOf(found.get(0))).contains("people: [dora, dan]");
    }

    @Test
    void knowsWhereAnEntitlementStands() throws Exception {
        for (Entitlement one : catalog.all()) {
            assertThat(lineOf(new CatalogFinding(findings.placeOf(one), ""))).isEqualTo("  - id: " + one.id());
        }
    }

    @Test
    void tellsAlsoWhatIsFoundInFilesThatNameWhatTheCatalogHas() {
        CatalogFinding further = new CatalogFinding(new RulesPlace("access-request.bpmn", 7), "It is gone.");
        CatalogFindings both = new CatalogFindings(
                files, catalog, new LevelDefinitions(files), onCall, offer, people, List.of(() -> List.of(further)));

        assertThat(found(TARGETS)).isEmpty();
        assertThat(both.now(TARGETS)).containsExactly(further);
    }
}
