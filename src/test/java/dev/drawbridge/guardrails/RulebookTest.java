package dev.drawbridge.guardrails;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.catalog.LevelDefinitions;
import dev.drawbridge.catalog.RuleFiles;
import dev.drawbridge.catalog.RulesException;
import dev.drawbridge.guardrails.facts.Asked;
import dev.drawbridge.guardrails.facts.History;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RulebookTest {
    @TempDir
    Path rules;

    @BeforeEach
    void levels() throws IOException {
        Files.copy(Path.of("rules", "levels.yaml"), rules.resolve("levels.yaml"));
    }

    private void write(String file, String name, String condition, String effect) throws IOException {
        Path path = rules.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(
                path,
                "package rules;\nimport dev.drawbridge.guardrails.facts.*;\nimport dev.drawbridge.catalog.*;\n"
                        + "global dev.drawbridge.guardrails.facts.Guardrail guardrail;\nrule \"" + name
                        + "\"\nwhen\n    " + condition + "\nthen\n    " + effect + "\nend\n");
    }

    private Rulebook load() {
        RuleFiles files = new RuleFiles(rules);
        return new Rulebook(files, new LevelDefinitions(files));
    }

    @Test
    void saysTheNameOfTheRuleThatFired() throws IOException {
        write("some/where.drl", "Ten is enough", "History( automaticGrants >= 10 )", "guardrail.deny();");

        assertThat(load().consult(List.of(new History(10))))
                .containsExactly(new Finding("some/where", Finding.Effect.DENY, "Ten is enough.", null));
        assertThat(load().consult(List.of(new History(9)))).isEmpty();
    }

    @Test
    void stopsWithFileAndLineAtARuleThatDoesNotCompile() throws IOException {
        write("a/fine.drl", "Fine", "History()", "guardrail.allow();");
        write("b/broken.drl", "Broken", "History( masked == true )", "guardrail.allow();");

        assertThatThrownBy(this::load)
                .isInstanceOf(RulesException.class)
                .hasMessageContaining("rules/b/broken.drl")
                .hasMessageContaining("the rule does not compile");
    }

    @Test
    void stopsAtALevelThatNobodyDefined() throws IOException {
        write("a/b.drl", "Needs a wizard", "History()", "guardrail.requireApproval(\"wizard\");");

        assertThatThrownBy(this::load).hasMessageContaining("rules/a/b.drl").hasMessageContaining("'wizard'");
    }

    @Test
    void stopsAtADurationThatIsNone() throws IOException {
        write("a/b.drl", "For an hour", "History()", "guardrail.limit(\"1h\");");

        assertThatThrownBy(this::load).hasMessageContaining("rules/a/b.drl").hasMessageContaining("'1h'");
    }

    @Test
    void stopsAtTwoRulesOfOneName() throws IOException {
        write("a/one.drl", "The same", "History()", "guardrail.allow();");
        write("b/two.drl", "The same", "History()", "guardrail.deny();");

        assertThatThrownBy(this::load).hasMessageContaining("also that of a/one");
    }

    @Test
    void stopsWhereThereIsNoRuleAtAll() {
        assertThatThrownBy(this::load).hasMessageContaining("no guardrail");
    }

    @Test
    void countsARuleThatBreaksAsADenial() throws IOException {
        write("a/b.drl", "Breaks", "Asked( longerThan(\"PT1H\") == false )", "guardrail.allow();");

        List<Finding> findings = load().consult(List.of(new Asked(null, "No duration", false, false)));

        assertThat(findings).extracting(Finding::effect).containsExactly(Finding.Effect.FAILED);
        assertThat(Combining.verdict(findings, java.time.Duration.ZERO, "x", required -> List.of()))
                .isInstanceOf(Verdict.Denied.class);
    }

    @Test
    void hasAnotherFingerprintOnceARuleHasChanged() throws IOException {
        write("a/b.drl", "Limit", "History()", "guardrail.limit(\"PT1H\");");
        String before = load().fingerprint();
        write("a/b.drl", "Limit", "History()", "guardrail.limit(\"PT2H\");");

        assertThat(load().fingerprint()).isNotEqualTo(before).hasSize(64);
    }
}
