package dev.drawbridge.guardrails;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.catalog.RulesException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.drools.model.codegen.ExecutableModelProject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kie.api.KieServices;
import org.kie.api.builder.KieBuilder;
import org.kie.api.builder.KieFileSystem;
import org.kie.api.builder.Message;
import org.kie.api.builder.ReleaseId;
import org.kie.api.runtime.KieContainer;
import org.kie.api.runtime.KieSession;

/** The second fence, with the first one open: DRL that nobody inspected goes straight to the compiler. */
class RuleFenceTest {
    private static final String SING = "dev.drawbridge.guardrails.Canary.sing()";
    private static final String HEAD = "package rules;\nimport dev.drawbridge.guardrails.facts.*;\n"
            + "import dev.drawbridge.catalog.*;\nglobal dev.drawbridge.guardrails.facts.Firing firing;\n";

    @BeforeEach
    void quiet() {
        Canary.hasSung();
    }

    private static String rule(String condition, String effect) {
        return HEAD + "rule \"rule_0\"\nwhen\n" + condition + "\nthen\n" + effect + "\nend\n";
    }

    private static List<Integer> fired(KieContainer container) {
        List<Integer> fired = new ArrayList<>();
        KieSession session = container.newKieSession();
        try {
            session.setGlobal("firing", (dev.drawbridge.guardrails.facts.Firing) fired::add);
            HostileRulesTest.FACTS.forEach(session::insert);
            session.fireAllRules(100);
        } finally {
            session.dispose();
        }
        return fired;
    }

    private static String fingerprint() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    /** As the product once did: whatever compiles is loaded. */
    private static KieContainer unfenced(String text) {
        KieServices services = KieServices.get();
        ReleaseId id = services.newReleaseId("unfenced", "unfenced", fingerprint());
        KieFileSystem sources = services.newKieFileSystem().generateAndWritePomXML(id);
        sources.write("src/main/resources/rules/rule_0.drl", text);
        KieBuilder builder = services.newKieBuilder(sources).buildAll(ExecutableModelProject.class);
        assertThat(builder.getResults().getMessages(Message.Level.ERROR)).isEmpty();
        return services.newKieContainer(id);
    }

    @Test
    void takesWhatRulesNeed() {
        KieContainer container =
                RuleCompiler.compile(List.of(rule("Asked( withTicket )", "firing.of(0);")), fingerprint());

        assertThat(fired(container)).containsExactly(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "eval( SING )|firing.of(0);",
                "Asked( SING )|firing.of(0);",
                "Asked( withTicket && SING )|firing.of(0);",
                "Asked( $x : SING, withTicket == $x )|firing.of(0);",
                "Asked( eval( SING ) )|firing.of(0);",
                "Object() from java.util.List.of( SING )|firing.of(0);",
                "Asked()|SING;",
                "Asked()|firing.of(0); SING;",
                "Asked()|Runnable r = () -> SING; r.run();",
                "Asked()|new Object() { { SING; } };",
                "Asked()|try { Class.forName(\"dev.drawbridge.guardrails.Canary\").getMethod(\"sing\").invoke(null); } catch (Exception e) { }",
                "Asked()|try { new java.net.URLClassLoader(new java.net.URL[0], Thread.currentThread().getContextClassLoader()).loadClass(\"dev.drawbridge.guardrails.Canary\").getMethod(\"sing\").invoke(null); } catch (Exception e) { }",
                "Number() from accumulate( Asked(), init( int n = 0; ), action( SING; ), result( n ) )|firing.of(0);"
            })
    void stopsCodeThatOtherwiseRuns(String conditionAndEffect) {
        String[] parts = conditionAndEffect.replace("SING", SING).split("\\|(?!\\|)", 2);
        String text = rule(parts[0], parts[1]);

        assertThatThrownBy(() -> fired(RuleCompiler.compile(List.of(text), fingerprint())))
                .isInstanceOf(RulesException.class)
                .hasMessageContaining("The compiled rules refer to ");
        assertThat(Canary.hasSung()).as("behind the fence").isFalse();

        fired(unfenced(text));
        assertThat(Canary.hasSung()).as("without the fence").isTrue();
    }

    @Test
    void stopsANameThatClosesTheCommentOfTheGeneratedClass() {
        String text = rule("Asked()", "firing.of(0);").replace("rule_0", "*/ static { " + SING + "; } /*");

        assertThatThrownBy(() -> RuleCompiler.compile(List.of(text), fingerprint()))
                .isInstanceOf(RulesException.class);
        assertThat(Canary.hasSung()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "function void f() { SING; }",
                "query q() Asked() end",
                "query q() Asked( SING ) end",
                "declare X a : int end",
                "declare X a : boolean = SING end",
                "declare enum E A(1); a : int end",
                "global java.util.List other;",
                "rule \"rule_1\" when Asked() then firing.of(0); end",
                "rule \"rule_1\" salience 10 when Asked() then firing.of(0); end"
            })
    void stopsWhatNobodyWrote(String more) {
        String text = rule("Asked()", "firing.of(0);") + more.replace("SING", SING) + "\n";

        assertThatThrownBy(() -> RuleCompiler.compile(List.of(text), fingerprint()))
                .isInstanceOf(RulesException.class);
        assertThat(Canary.hasSung()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "salience 10",
                "enabled ( SING )",
                "salience ( SING ? 1 : 2 )",
                "timer( int: 0 1 )",
                "no-loop true",
                "agenda-group \"a\"",
                "dialect \"mvel\" @Expr( SING )"
            })
    void stopsAttributes(String attribute) {
        String text =
                rule("Asked()", "firing.of(0);").replace("\"rule_0\"", "\"rule_0\" " + attribute.replace("SING", SING));

        assertThatThrownBy(() -> RuleCompiler.compile(List.of(text), fingerprint()))
                .isInstanceOf(RulesException.class);
        assertThat(Canary.hasSung()).isFalse();
    }

    @Test
    void leavesNothingOfWhatItRefusedForOthersToFind() {
        String fingerprint = fingerprint();

        assertThatThrownBy(() -> RuleCompiler.compile(List.of(rule("Asked()", SING + ";")), fingerprint))
                .isInstanceOf(RulesException.class);

        assertThat(KieServices.get()
                        .getRepository()
                        .getKieModule(KieServices.get().newReleaseId("rules", "rules", fingerprint)))
                .isNull();
    }

    /** A class with everything that a class can refer to. */
    static final class Everything {
        static final long LONG = 7L << 40;
        static final double DOUBLE = 0.1;
        private final Map<String, int[][]> numbers = Map.of();

        Runnable runnable(String text) {
            return () -> System.out.println(text + LONG + DOUBLE + numbers.size() + new Set[0].length);
        }
    }

    @Test
    void readsAllThatAClassRefersTo() throws IOException {
        ClassReferences references;
        try (InputStream compiled = getClass().getResourceAsStream("RuleFenceTest$Everything.class")) {
            references = ClassReferences.of(compiled.readAllBytes());
        }

        assertThat(references.name()).isEqualTo("dev/drawbridge/guardrails/RuleFenceTest$Everything");
        assertThat(references.types()).contains("java/lang/System", "java/util/Map", "java/util/Set");
        assertThat(new HashSet<>(references.members()))
                .contains(
                        "java/lang/System.out",
                        "java/io/PrintStream.println",
                        "java/util/Map.size",
                        "java/lang/invoke/LambdaMetafactory.metafactory");
    }

    @Test
    void refusesAClassThatItCannotRead() {
        assertThatThrownBy(() -> RuleFence.requireNothingBeyond(Map.of("rules/X.class", new byte[] {1, 2, 3, 4})))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RuleFence.requireNothingBeyond(Map.of("rules/X.so", new byte[] {1})))
                .isInstanceOf(RulesException.class);
    }
}
