package dev.drawbridge.guardrails;

import dev.drawbridge.catalog.Catalog;
import dev.drawbridge.catalog.LevelDefinitions;
import dev.drawbridge.catalog.RuleFiles;
import dev.drawbridge.catalog.TicketNumbers;
import dev.drawbridge.guardrails.Vocabulary.Fact;
import dev.drawbridge.guardrails.facts.Held;
import dev.drawbridge.guardrails.facts.HeldByOthers;
import dev.drawbridge.publication.OfPublication;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.kie.api.runtime.KieContainer;
import org.kie.api.runtime.KieSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** All guardrails under {@code rules/}, compiled at start; a file that does not load stops it. */
@Component
@OfPublication
class Rulebook {
    private static final Logger log = LoggerFactory.getLogger(Rulebook.class);

    /** Combinations of facts in one judgement. Each takes memory until the judgement is over. */
    private static final int MOST_TO_JUDGE = 300_000;

    private static final Set<Fact> WHO_AND_WHAT = Set.of(Fact.WANTED, Fact.REQUESTER);

    private static final String TOO_MUCH =
            "So much access is held at once that the guardrails cannot weigh it, so this is refused. Hand back what is"
                    + " needed no more.";
    private final KieContainer container;
    private static final List<String> BELONGING = List.of("employment", "withManager", "withSponsor");

    private final List<RuleFindings.Source> sources;
    private final List<RuleWork> work;
    private final Parameters parameters;
    private final String fingerprint;
    private final boolean looksAtOthers;
    private final boolean looksAtBelonging;

    @Autowired
    Rulebook(RuleFiles files, Catalog catalog, LevelDefinitions levels, TicketNumbers tickets) {
        this(files, RuleWords.of(catalog, levels, tickets));
    }

    Rulebook(RuleFiles files, RuleWords words) {
        parameters = Parameters.of(files);
        sources = RuleSources.all(files, words, parameters);
        work = sources.stream().map(source -> RuleWork.of(source.rule().when())).toList();
        fingerprint = fingerprint(files);
        looksAtOthers =
                sources.stream().flatMap(source -> factsOf(source.rule())).anyMatch(Fact.HELD_BY_OTHERS::equals);
        List<String> written = new ArrayList<>();
        for (int number = 0; number < sources.size(); number++) {
            written.add(RuleWriter.write(number, sources.get(number).rule()));
        }
        // A text that says such a word makes no difference but that question more.
        looksAtBelonging = written.stream().anyMatch(rule -> BELONGING.stream().anyMatch(rule::contains));
        container = RuleCompiler.compile(written);
    }

    /** The files that judge, as one SHA-256: the rules and the tables they speak of. */
    String fingerprint() {
        return fingerprint;
    }

    /** The numbers and lengths of time that they name. */
    Parameters parameters() {
        return parameters;
    }

    /** All guardrails, in the order of their files. */
    List<RuleFindings.Source> sources() {
        return sources;
    }

    /** The ids of all guardrails: their files' paths under {@code rules/}, without the ending. */
    Collection<String> ids() {
        return sources.stream().map(RuleFindings.Source::id).toList();
    }

    /** The ids of those that speak of one of these facts. */
    Set<String> speakingOf(Set<Fact> facts) {
        return sources.stream()
                .filter(source -> factsOf(source.rule()).anyMatch(facts::contains))
                .map(RuleFindings.Source::id)
                .collect(Collectors.toSet());
    }

    /** Whether some guardrail speaks of what others hold: to know that costs a question more. */
    boolean looksAtOthers() {
        return looksAtOthers;
    }

    /** Whether some guardrail speaks of how the requester belongs to the company: to know that costs a question more. */
    boolean looksAtBelonging() {
        return looksAtBelonging;
    }

    /** What every guardrail says about these facts. A rule that breaks is a finding too, and it denies. */
    List<Finding> consult(Collection<?> facts) {
        RuleFindings findings = new RuleFindings(sources);
        // Equal facts count once: no rule can tell them apart.
        List<?> apart = facts.stream().distinct().toList();
        if (toJudge(apart) > MOST_TO_JUDGE) {
            findings.failForTheLast(TOO_MUCH);
            return findings.found();
        }
        // A session of its own for each decision: nothing shared, nothing left over.
        KieSession session = container.newKieSession();
        try {
            session.setGlobal("firing", findings);
            apart.forEach(session::insert);
            if (session.fireAllRules(MOST_TO_JUDGE + 1) > MOST_TO_JUDGE) {
                findings.failForTheLast("The guardrails did not come to an end.");
            }
        } catch (RuntimeException broken) {
            log.error("A guardrail could not be evaluated, so the request is refused", broken);
            findings.failFor(broken);
        } finally {
            session.dispose();
        }
        return findings.found();
    }

    /** What the guardrails say that speak of who asks and for what, and of nothing else: whatever else there is, they say so. */
    List<Finding> always(List<?> whoAndWhat) {
        Set<String> ids = sources.stream()
                .filter(source -> factsOf(source.rule()).allMatch(WHO_AND_WHAT::contains))
                .map(RuleFindings.Source::id)
                .collect(Collectors.toSet());
        return consult(whoAndWhat).stream()
                .filter(finding -> ids.contains(finding.rule()))
                .toList();
    }

    private static Stream<Fact> factsOf(Rule rule) {
        return rule.when().stream().flatMap(Rulebook::factsOf);
    }

    private static Stream<Fact> factsOf(Clause clause) {
        return clause instanceof Clause.Pattern pattern
                ? Stream.of(pattern.fact())
                : RuleWork.inner(clause).stream().flatMap(Rulebook::factsOf);
    }

    private long toJudge(List<?> facts) {
        long held = facts.stream().filter(Held.class::isInstance).count();
        long byOthers = facts.stream().filter(HeldByOthers.class::isInstance).count();
        return work.stream().mapToLong(rule -> rule.toJudge(held, byOthers)).sum();
    }

    private static String fingerprint(RuleFiles files) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String ending : List.of(
                    RuleSources.ENDING,
                    DecisionTable.ENDING,
                    "catalog.yaml",
                    "calendar.yaml",
                    "levels.yaml",
                    "on-call.yaml",
                    "tickets.yaml",
                    Parameters.FILE)) {
                for (Path file : files.list(ending)) {
                    for (String part : List.of(file.toString(), files.text(file))) {
                        byte[] content = part.getBytes(StandardCharsets.UTF_8);
                        // With its length before it, no part can pass for two, nor two for one.
                        digest.update(ByteBuffer.allocate(Integer.BYTES)
                                .putInt(content.length)
                                .flip());
                        digest.update(content);
                    }
                }
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
