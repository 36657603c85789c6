package dev.drawbridge.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.catalog.LevelDefinition.Source;
import dev.drawbridge.directory.Relation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LevelDefinitionsTest {
    @TempDir
    Path folder;

    private LevelDefinition of(String source) throws IOException {
        Files.writeString(folder.resolve("levels.yaml"), """
                levels:
                  - name: some
                    of: %s
                    groups: [managers]
                    schedule: none
                    quorum: 1
                    remindEvery: PT4H
                    escalate: []
                    deadline: PT20H
                """.formatted(source));
        return new LevelDefinitions(new RuleFiles(folder)).inOrder().get(0);
    }

    @ParameterizedTest
    @CsvSource({"manager, MANAGER", "sponsor, SPONSOR", "mentor, MENTOR", "REQUESTERS_MANAGER, MANAGER"})
    void askWhoIsSomethingToTheRequester(String written, Relation relation) throws IOException {
        assertThat(of(written).of().relation()).hasValue(relation);
    }

    @Test
    void askOthersAsBefore() throws IOException {
        assertThat(of("GROUPS").of()).isEqualTo(Source.GROUPS);
        assertThat(of("GROUPS").of().relation()).isEmpty();
    }

    @Test
    void sayWhatCanBeWrittenWhereAWordIsNotKnown() {
        assertThatThrownBy(() -> of("boss"))
                .isInstanceOf(RulesException.class)
                .hasMessageContaining("levels.yaml")
                .hasMessageContaining("boss");
    }
}
