package dev.drawbridge.guardrails;

import dev.drawbridge.catalog.RulesException;
import dev.drawbridge.guardrails.facts.Firing;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.drools.compiler.kie.builder.impl.InternalKieModule;
import org.drools.model.codegen.ExecutableModelProject;
import org.kie.api.KieBase;
import org.kie.api.KieServices;
import org.kie.api.builder.KieBuilder;
import org.kie.api.builder.KieFileSystem;
import org.kie.api.builder.Message;
import org.kie.api.builder.ReleaseId;
import org.kie.api.definition.KiePackage;
import org.kie.api.runtime.KieContainer;

/** Compiles what {@link RuleWriter} wrote, and trusts neither it nor the compiler. */
final class RuleCompiler {
    private RuleCompiler() {}

    private static final String PACKAGE = "rules";

    /** Compiling takes seconds, and what is checked before it is published is asked for once more when it is. */
    private static final int REMEMBERED = 4;

    private static final Map<List<String>, KieContainer> COMPILED = new LinkedHashMap<>();

    /** Rules that can be consulted; {@code written} by their numbers. Nothing that they do can be told apart from the same anew. */
    static synchronized KieContainer compile(List<String> written) {
        KieContainer known = COMPILED.remove(written);
        KieContainer container =
                known == null ? compile(written, UUID.randomUUID().toString()) : known;
        // The one that was asked for last comes last.
        COMPILED.put(List.copyOf(written), container);
        COMPILED.keySet().stream()
                .limit(Math.max(0, COMPILED.size() - REMEMBERED))
                .toList()
                .forEach(COMPILED::remove);
        return container;
    }

    /** As {@link #compile(List)}, anew, under a name that no other has. */
    static synchronized KieContainer compile(List<String> written, String name) {
        KieServices services = KieServices.get();
        // Without an id of its own, one set of rules would stand where another was looked for.
        ReleaseId id = services.newReleaseId(PACKAGE, PACKAGE, name);
        try {
            InternalKieModule module = build(services, id, written);
            RuleFence.requireNothingBeyond(files(module));
            KieContainer container = services.newKieContainer(id);
            // Built now, so that the first request does not wait for it.
            requireTheRulesAlone(container.getKieBase(), written.size());
            return container;
        } finally {
            services.getRepository().removeKieModule(id);
        }
    }

    private static InternalKieModule build(KieServices services, ReleaseId id, List<String> written) {
        KieFileSystem sources = services.newKieFileSystem();
        sources.generateAndWritePomXML(id);
        for (int number = 0; number < written.size(); number++) {
            sources.write(
                    "src/main/resources/" + PACKAGE + "/" + RuleWriter.nameOf(number) + ".drl", written.get(number));
        }
        KieBuilder builder;
        try {
            builder = services.newKieBuilder(sources).buildAll(ExecutableModelProject.class);
        } catch (RuntimeException broken) {
            // The compiler throws, instead of reporting, what it never expected to read.
            throw new RulesException("The rules do not compile: " + broken.getMessage());
        }
        builder.getResults().getMessages(Message.Level.ERROR).stream()
                .findFirst()
                .ifPresent(error -> {
                    throw new RulesException("The rules do not compile: " + error.getText());
                });
        return (InternalKieModule) builder.getKieModule();
    }

    private static Map<String, byte[]> files(InternalKieModule module) {
        Map<String, byte[]> files = new HashMap<>();
        module.getFileNames().forEach(path -> files.put(path, module.getBytes(path)));
        return files;
    }

    /** The package holds the rules that were written, and nothing that nobody wrote. */
    private static void requireTheRulesAlone(KieBase base, int rules) {
        Set<String> expected = new HashSet<>();
        for (int number = 0; number < rules; number++) {
            expected.add(RuleWriter.nameOf(number));
        }
        List<String> found = new ArrayList<>();
        for (KiePackage compiled : base.getKiePackages()) {
            compiled.getRules().forEach(rule -> found.add(rule.getName()));
            boolean ours = compiled.getName().equals(PACKAGE);
            if (!compiled.getQueries().isEmpty()
                    || !compiled.getFunctionNames().isEmpty()
                    || !compiled.getProcesses().isEmpty()
                    || ours && !compiled.getFactTypes().isEmpty()
                    || !(ours ? onlyFiring(compiled) : compiled.getRules().isEmpty())) {
                throw new RulesException("The compiled rules hold more than was written.");
            }
        }
        if (found.size() != rules || !expected.equals(Set.copyOf(found))) {
            throw new RulesException("The compiled rules are " + found + ", not those that were written.");
        }
    }

    private static boolean onlyFiring(KiePackage compiled) {
        Collection<String> globals = compiled.getGlobalVariables().stream()
                .map(global -> global.getType() + " " + global.getName())
                .toList();
        return List.of(Firing.class.getName() + " firing").containsAll(globals);
    }
}
