package dev.drawbridge.guardrails;

import dev.drawbridge.guardrails.Vocabulary.Fact;
import dev.drawbridge.guardrails.Vocabulary.Kind;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which words conditions use, and what they compare them with. */
final class Mentions {
    private record Word(Fact fact, String word) {}

    private final Map<Word, Set<Operand>> comparedWith = new HashMap<>();
    /** Compared with other words, whose values are not written in the rule. */
    private final Set<Word> joined = new HashSet<>();

    Mentions(Stream<List<Clause>> conditions) {
        conditions.flatMap(List::stream).flatMap(Leaves::patterns).distinct().forEach(this::add);
    }

    private void add(Clause.Pattern pattern) {
        pattern.constraints().stream().flatMap(Leaves::comparisons).forEach(leaf -> add(pattern.fact(), leaf));
    }

    private void add(Fact fact, Constraint leaf) {
        Leaves.words(leaf).forEach(word -> add(fact, word, Stream.of(word)));
        if (leaf instanceof Constraint.Naming naming) {
            joined.add(new Word(fact, naming.property().word()));
        }
        if (leaf instanceof Constraint.Among among) {
            add(fact, among.left(), among.values().stream());
        }
        if (leaf instanceof Constraint.Compared compared) {
            add(fact, compared.left(), Stream.of(compared.right()));
            if (compared.right() instanceof Operand.Named || compared.right() instanceof Operand.Property) {
                Leaves.words(leaf).forEach(word -> joined.add(new Word(fact, nameOf(word))));
            }
        }
    }

    private void add(Fact fact, Operand word, Stream<Operand> with) {
        Set<Operand> known = comparedWith.computeIfAbsent(new Word(fact, nameOf(word)), unseen -> new HashSet<>());
        with.forEach(known::add);
    }

    private static String nameOf(Operand word) {
        if (word instanceof Operand.Property property) {
            return property.word();
        }
        if (word instanceof Operand.Lasting lasting) {
            return lasting.word();
        }
        if (word instanceof Operand.Belonging belonging) {
            return belonging.word();
        }
        return word instanceof Operand.Within within ? within.word() : ((Operand.Between) word).word();
    }

    boolean use(Fact fact, String... words) {
        return Stream.of(words).anyMatch(word -> comparedWith.containsKey(new Word(fact, word)));
    }

    /** Whether a word of one of these facts counts. */
    boolean useAny(Collection<Fact> facts) {
        return comparedWith.keySet().stream().anyMatch(word -> facts.contains(word.fact()));
    }

    /** What a word that is true or false may be: what it usually is, where no condition uses it. */
    List<Boolean> truths(Fact fact, String word) {
        return use(fact, word) ? List.of(false, true) : List.of(false);
    }

    /** The words that are used and are not among these. */
    Stream<String> beside(Map<Fact, Set<String>> known) {
        return comparedWith.keySet().stream()
                .filter(word -> !known.getOrDefault(word.fact(), Set.of()).contains(word.word()))
                .map(word -> word.fact().word + "." + word.word());
    }

    boolean join(Fact fact, String word) {
        return joined.contains(new Word(fact, word));
    }

    /** What of this type the word is compared, or asked, with. */
    <O extends Operand, T> Set<T> of(Fact fact, String word, Class<O> type, Function<O, T> value) {
        return comparedWith.getOrDefault(new Word(fact, word), Set.of()).stream()
                .filter(type::isInstance)
                .map(type::cast)
                .map(value)
                .collect(Collectors.toSet());
    }

    Set<String> texts(Fact fact, String word) {
        return of(fact, word, Operand.Text.class, Operand.Text::value);
    }

    /** All texts, and all numbers, that stand in the conditions. */
    <O extends Operand, T> Set<T> all(Class<O> type, Function<O, T> value) {
        return comparedWith.values().stream()
                .flatMap(Set::stream)
                .filter(type::isInstance)
                .map(type::cast)
                .map(value)
                .collect(Collectors.toSet());
    }

    /** Whether any word of this kind is compared with other words. */
    boolean joinAny(Kind kind) {
        return joined.stream().anyMatch(word -> word.fact().properties.get(word.word()) == kind);
    }
}
