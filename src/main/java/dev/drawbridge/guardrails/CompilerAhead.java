package dev.drawbridge.guardrails;

import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads the compiler of the rules beside the rest of the start. Its classes take longer than the rules themselves, and
 * nothing needs them before the database and the engine are there.
 */
public final class CompilerAhead {
    private static final Logger log = LoggerFactory.getLogger(CompilerAhead.class);

    private static final String ANY_RULE = """
            rule "Any rule loads the compiler"
            when
                Wanted( environment == "production" )
                Asked( withTicket == false )
            then
                guardrail.deny();
            end
            """;

    private CompilerAhead() {}

    /** Returns at once. */
    public static void load() {
        Thread loading = new Thread(CompilerAhead::compileAnyRule, "rule-compiler");
        loading.setDaemon(true);
        loading.start();
    }

    private static void compileAnyRule() {
        try {
            Rule rule = RuleInspection.read(Path.of("any.drl"), ANY_RULE, List.of());
            RuleCompiler.compile(List.of(RuleWriter.write(0, rule)), "ahead");
        } catch (RuntimeException failed) {
            // The rules themselves are compiled all the same, and say what is wrong.
            log.debug("The compiler could not be loaded ahead", failed);
        }
    }
}
