package dev.drawbridge.guardrails;

import dev.drawbridge.guardrails.Finding.Effect;
import dev.drawbridge.guardrails.facts.Firing;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What the rules say in one decision: a compiled rule says its number, and the rest is in its tree. */
final class RuleFindings implements Firing {
    /** A rule and its id: the path of its file, without the ending; of a row, that and its name. */
    record Source(String id, Rule rule) {
        /** Where it stands, such as {@code rules/automatic/low-up-to-an-hour.drl}. */
        String file() {
            return fileOf(id);
        }
    }

    /** Where the guardrail of this id stands: a row of a table is called by the table and its name. */
    static String fileOf(String id) {
        int row = id.indexOf('#');
        return "rules/" + (row < 0 ? id + RuleSources.ENDING : id.substring(0, row) + DecisionTable.ENDING);
    }

    /** How Drools names the rules of a condition that it could not evaluate. */
    private static final Pattern BROKEN = Pattern.compile("\\[Rule \"rule_([0-9]{1,4})\" in ");

    private static final String CANNOT_BE_EVALUATED =
            "A guardrail could not be evaluated, so access is refused. The process owners can mend it.";

    private final List<Source> sources;
    private final List<Finding> found = new ArrayList<>();
    private final BitSet fired = new BitSet();
    private int last = -1;

    RuleFindings(List<Source> sources) {
        this.sources = sources;
    }

    List<Finding> found() {
        return found;
    }

    @Override
    public void of(int number) {
        last = number;
        Source source = sources.get(number);
        if (fired.get(number)) {
            // A rule that fires for several facts says the same once.
            return;
        }
        fired.set(number);
        source.rule().then().stream()
                .distinct()
                .map(consequence -> new Finding(
                        source.id(), consequence.effect(), source.rule().sentence() + ".", consequence.value()))
                .forEach(found::add);
    }

    /** Of the rules whose condition broke, which need not be the one that fired last. */
    void failFor(RuntimeException broken) {
        Set<Integer> numbers = new TreeSet<>();
        BROKEN.matcher(String.valueOf(broken.getMessage()))
                .results()
                .forEach(match -> numbers.add(Integer.valueOf(match.group(1))));
        if (numbers.isEmpty()) {
            fail(-1, CANNOT_BE_EVALUATED);
        }
        numbers.forEach(number -> fail(number, CANNOT_BE_EVALUATED));
    }

    void failForTheLast(String sentence) {
        fail(last, sentence);
    }

    private void fail(int number, String sentence) {
        String id = number >= 0 && number < sources.size() ? sources.get(number).id() : "rulebook";
        found.add(new Finding(id, Effect.FAILED, sentence, null));
    }
}
