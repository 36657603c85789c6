package dev.drawbridge.guardrails;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.drawbridge.catalog.AccessLevel;
import dev.drawbridge.catalog.Entitlement;
import dev.drawbridge.catalog.LevelDefinition;
import dev.drawbridge.catalog.RulesException;
import dev.drawbridge.catalog.Sensitivity;
import dev.drawbridge.directory.Employment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What editors complete by, {@code rules/.schemas}, and what the readers take, say the same. */
class SchemasTest {
    private static final Path FOLDER = Path.of("rules", ".schemas");
    private static final YAMLMapper YAML = new YAMLMapper();

    @TempDir
    Path folder;

    private static String schemaOf(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(".cases.yaml") ? "cases" : name.replace(".yaml", "");
    }

    private static JsonNode json(String schema) {
        try {
            return new ObjectMapper()
                    .readTree(FOLDER.resolve(schema + ".schema.json").toFile());
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    private static List<String> wrong(String schema, String yaml) throws IOException {
        JsonSchema read =
                JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(json(schema));
        return read.validate(YAML.readTree(yaml)).stream().map(Object::toString).toList();
    }

    static Stream<Path> files() throws IOException {
        List<Path> found = new ArrayList<>();
        for (Path from : List.of(Path.of("rules"), Path.of("src", "test", "resources", "company", "rules"))) {
            try (Stream<Path> all = Files.walk(from)) {
                all.filter(file -> file.toString().endsWith(".yaml")).forEach(found::add);
            }
        }
        return found.stream();
    }

    @ParameterizedTest
    @MethodSource("files")
    void takeEachFileThatIsDelivered(Path file) throws IOException {
        assertThat(wrong(schemaOf(file), Files.readString(file))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "catalog.yaml ~ masked: false ~ masked: no-idea",
                "catalog.yaml ~ sensitivity: LOW ~ sensitivity: low",
                "catalog.yaml ~ level: ADMIN ~ level: [ADMIN]",
                "catalog.yaml ~ limit: PT4H ~ limit: P1Y",
                "catalog.yaml ~ limit: PT4H ~ limits: PT4H",
                "catalog.yaml ~ limit: PT4H ~ limit: []",
                "catalog.yaml ~ {system: orders, role: orders_admin} ~ {system: orders}",
                "calendar.yaml ~ MONDAY: ~ Monday:",
                "calendar.yaml ~ holidays: ~ holiday:",
                "calendar.yaml ~ 2026-12-25 ~ 25.12.2026",
                "calendar.yaml ~ 2026-12-23T17:00:00Z ~ 2026-12-23",
                "levels.yaml ~ of: GROUPS ~ of: GROUP",
                "levels.yaml ~ quorum: 2 ~ quorum: two",
                "levels.yaml ~ deadline: ~ deadLine:",
                "on-call.yaml ~ every: P7D ~ every: 7",
                "on-call.yaml ~ people: ~ persons:",
                "tickets.yaml ~ like: \"{number}\" ~ looks: \"{number}\"",
                "invariants.yaml ~ never: given ~ never: maybe",
                "invariants.yaml ~ sensitivity: CRITICAL ~ sensitivty: CRITICAL",
                "invariants.yaml ~ needs: {people: 2} ~ needs: {people: 21}",
                "invariants.yaml ~ needs: {people: 2} ~ needs: {}",
                "parameters.yaml ~ PT4H ~ 4 hours",
                "parameters.yaml ~ longestHighAccess: ~ longest-high-access:",
                "automatic/ten-a-day.cases.yaml ~ automaticGrants: 10 ~ automaticGrant: 10",
                "automatic/ten-a-day.cases.yaml ~ entitlement: app-logs-read ~ entitlements: [app-logs-read]",
                "automatic/ten-a-day.cases.yaml ~ silent: ~ quiet:",
                "automatic/ten-a-day.cases.yaml ~ automaticGrants: 10 ~ duration: two hours",
                "duration/by-sensitivity.cases.yaml ~ guardrails: ~ rows:"
            })
    void refuseWhatTheReadersRefuse(String file, String what, String with) throws IOException {
        DraftRules rules = DraftRules.ofOurs(folder.resolve("rules")).change(file, what, with);

        assertThat(wrong(
                        schemaOf(Path.of(file)), Files.readString(rules.folder().resolve(file))))
                .isNotEmpty();
        assertThat(RulesCheck.of(rules.folder()).problems()).isNotEmpty();
    }

    @Test
    void refuseWhatIsNoParameterAtAll() {
        assertThatThrownBy(() -> DraftRules.ofOurs(folder.resolve("rules"))
                        .write("parameters.yaml", "[1, 2]")
                        .load())
                .isInstanceOf(RulesException.class);
    }

    @Test
    void knowEveryNameThatTheReadersKnow() {
        assertThat(names(json("cases").at("/$defs/case"))).containsExactlyInAnyOrderElementsOf(parts(RuleCase.class));
        assertThat(names(json("catalog").at("/properties/entitlements/items")))
                .containsExactlyInAnyOrderElementsOf(parts(Entitlement.class));
        assertThat(names(json("levels").at("/properties/levels/items")))
                .containsExactlyInAnyOrderElementsOf(parts(LevelDefinition.class));
        assertThat(names(json("invariants").at("/$defs/condition")))
                .containsExactlyInAnyOrderElementsOf(WrittenCondition.spoken().keySet());
    }

    @Test
    void knowEveryConstant() {
        JsonNode example = json("cases").at("/$defs/case/properties");
        assertThat(constants(example.path("level"))).containsExactly(names(AccessLevel.values()));
        assertThat(constants(example.path("sensitivity"))).containsExactly(names(Sensitivity.values()));
        assertThat(constants(example.path("employment"))).containsExactlyInAnyOrder(names(Employment.values()));
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.path("properties").fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static List<String> parts(Class<?> type) {
        return Stream.of(type.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
    }

    private static List<String> constants(JsonNode property) {
        List<String> all = new ArrayList<>();
        property.path("enum").forEach(one -> all.add(one.asText()));
        return all;
    }

    private static String[] names(Enum<?>[] values) {
        return Stream.of(values).map(Enum::name).toArray(String[]::new);
    }
}
