package dev.drawbridge.guardrails;

import dev.drawbridge.catalog.LevelDefinition;
import dev.drawbridge.catalog.LevelDefinitions;
import dev.drawbridge.catalog.RuleFiles;
import dev.drawbridge.catalog.RulesException;
import dev.drawbridge.guardrails.Finding.Effect;
import dev.drawbridge.guardrails.facts.Guardrail;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.drools.model.codegen.ExecutableModelProject;
import org.jspecify.annotations.Nullable;
import org.kie.api.KieServices;
import org.kie.api.builder.KieBuilder;
import org.kie.api.builder.KieFileSystem;
import org.kie.api.builder.Message;
import org.kie.api.event.rule.BeforeMatchFiredEvent;
import org.kie.api.event.rule.DefaultAgendaEventListener;
import org.kie.api.runtime.KieContainer;
import org.kie.api.runtime.KieSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** All guardrails under {@code rules/}, compiled at start; a file that does not load stops it. */
@Component
class Rulebook {
    /** All rules are of one package, and the compiler wants the files of a package in one folder. */
    private static final String FOLDER = "__";

    private static final Logger log = LoggerFactory.getLogger(Rulebook.class);
    private static final int MOST_FINDINGS = 1_000;

    private final KieContainer container;
    private final Map<String, String> idsByName = new HashMap<>();
    private final String fingerprint;

    Rulebook(RuleFiles files, LevelDefinitions levels) {
        KieFileSystem sources = KieServices.get().newKieFileSystem();
        List<String> levelNames =
                levels.inOrder().stream().map(LevelDefinition::name).toList();
        for (Path file : files.list(".drl")) {
            String text = files.text(file);
            String name = RuleInspection.requireHarmless(file, text);
            requireKnownValues(file, text, levelNames);
            String id = file.toString().replace('\\', '/').replaceFirst("\\.drl$", "");
            String other = idsByName.put(name, id);
            if (other != null) {
                throw new RulesException(file, 0, "the name of this rule is also that of " + other + ".");
            }
            sources.write("src/main/resources/rules/" + id.replace("/", FOLDER) + ".drl", text);
        }
        if (idsByName.isEmpty()) {
            throw new RulesException(
                    "There is no guardrail (.drl) in the folder of the rules, so nothing could ever be allowed.");
        }
        KieBuilder builder = build(sources);
        builder.getResults().getMessages(Message.Level.ERROR).stream()
                .findFirst()
                .ifPresent(error -> {
                    throw new RulesException(
                            Path.of(String.valueOf(error.getPath())
                                    .replaceFirst("^(src/main/resources/)?rules/", "")
                                    .replace(FOLDER, "/")),
                            error.getLine(),
                            "the rule does not compile: " + error.getText());
                });
        container = KieServices.get().newKieContainer(builder.getKieModule().getReleaseId());
        // Built now, so that the first request does not wait for it.
        container.getKieBase();
        fingerprint = fingerprint(files);
    }

    private static KieBuilder build(KieFileSystem sources) {
        try {
            return KieServices.get().newKieBuilder(sources).buildAll(ExecutableModelProject.class);
        } catch (RuntimeException broken) {
            // The compiler throws, instead of reporting, what it never expected to read.
            throw new RulesException("The rules do not compile: " + broken.getMessage());
        }
    }

    /** The files that judge, as one SHA-256: the rules and the tables they speak of. */
    String fingerprint() {
        return fingerprint;
    }

    /** The ids of all guardrails: their files' paths under {@code rules/}, without the ending. */
    Collection<String> ids() {
        return idsByName.values();
    }

    /** What every guardrail says of these facts. A rule that breaks is a finding too, and one that denies. */
    List<Finding> consult(Collection<?> facts) {
        Findings findings = new Findings();
        // A session of its own for each decision: nothing shared, nothing left over.
        KieSession session = container.newKieSession();
        try {
            session.setGlobal("guardrail", findings);
            session.addEventListener(findings);
            facts.forEach(session::insert);
            if (session.fireAllRules(MOST_FINDINGS) >= MOST_FINDINGS) {
                findings.fail("The guardrails did not come to an end.");
            }
        } catch (RuntimeException broken) {
            log.error("A guardrail could not be evaluated, so the request is refused", broken);
            findings.fail("A guardrail could not be evaluated, so access is refused. The process owners can mend it.");
        } finally {
            session.dispose();
        }
        return findings.found;
    }

    private final class Findings extends DefaultAgendaEventListener implements Guardrail {
        private final List<Finding> found = new ArrayList<>();
        private String rule = "";

        @Override
        public void beforeMatchFired(BeforeMatchFiredEvent event) {
            rule = event.getMatch().getRule().getName();
        }

        @Override
        public void deny() {
            add(Effect.DENY, null);
        }

        @Override
        public void requireApproval(String level) {
            add(Effect.REQUIRE_APPROVAL, level);
        }

        @Override
        public void allow() {
            add(Effect.ALLOW, null);
        }

        @Override
        public void limit(String duration) {
            add(Effect.LIMIT, duration);
        }

        @Override
        public void oblige(String obligation) {
            add(Effect.OBLIGE, obligation);
        }

        void fail(String sentence) {
            found.add(new Finding(idsByName.getOrDefault(rule, "rulebook"), Effect.FAILED, sentence, null));
        }

        private void add(Effect effect, @Nullable String value) {
            Finding finding = new Finding(idsByName.getOrDefault(rule, rule), effect, rule + ".", value);
            // A rule that fires for several facts says the same once.
            if (!found.contains(finding)) {
                found.add(finding);
            }
        }
    }

    private static final java.util.regex.Pattern LEVEL =
            java.util.regex.Pattern.compile("requireApproval\\(\"([^\"]*)\"\\)");
    private static final java.util.regex.Pattern DURATION =
            java.util.regex.Pattern.compile("(?:limit|longerThan|olderThan)\\(\"([^\"]*)\"\\)");

    private static void requireKnownValues(Path file, String text, List<String> levels) {
        LEVEL.matcher(text).results().forEach(match -> {
            if (!levels.contains(match.group(1))) {
                throw new RulesException(file, 0, "there is no level '" + match.group(1) + "' in rules/levels.yaml.");
            }
        });
        DURATION.matcher(text).results().forEach(match -> {
            try {
                Duration.parse(match.group(1));
            } catch (DateTimeParseException unreadable) {
                throw new RulesException(file, 0, "'" + match.group(1) + "' is not a duration such as PT1H.");
            }
        });
    }

    private static String fingerprint(RuleFiles files) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String ending : List.of(".drl", "catalog.yaml", "calendar.yaml", "levels.yaml", "on-call.yaml")) {
                for (Path file : files.list(ending)) {
                    digest.update((file + "\n" + files.text(file)).getBytes(StandardCharsets.UTF_8));
                }
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
