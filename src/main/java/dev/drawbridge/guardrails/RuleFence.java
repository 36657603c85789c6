package dev.drawbridge.guardrails;

import dev.drawbridge.catalog.RulesException;
import dev.drawbridge.guardrails.Vocabulary.Fact;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Looks at the compiled rules before any of their classes is loaded: each refers to nothing but what such classes have
 * been seen to need. It knows nothing of what the rules were meant to say.
 */
final class RuleFence {
    private RuleFence() {}

    private static final String FACTS = "dev/drawbridge/guardrails/facts/";
    private static final String PROJECT = "org/drools/project/model/ProjectModel_";
    private static final String HASH = "[0-9A-F]{32}";

    /** The classes that a package of rules alone is compiled to; functions and types would make others. */
    private static final Pattern OWN = Pattern.compile("rules/(Rules" + HASH
            + "((RuleMethods|Rules)[0-9]+)?|DomainClassesMetadata"
            + HASH + "(\\$[A-Za-z_]+_Metadata)?|P[0-9A-F]{2}/Lambda(Predicate|Extractor|Consequence)" + HASH + ")|"
            + PROJECT + "[a-z0-9_]+");

    private static final Pattern OTHER_FILES = Pattern.compile(
            "rules/rule_[0-9]+\\.drl|META-INF/(kie|maven)/rules/rules/[a-z.-]+|META-INF/kmodule\\.(xml|info)");

    /** By class, the members that the compiled rules use; a class alone where it is only named. */
    private static final Map<String, Set<String>> KNOWN = read("""
            java/lang/Object <init>
            java/lang/Enum <init> valueOf
            java/lang/String equals hashCode
            java/lang/System arraycopy
            java/lang/Boolean TYPE booleanValue valueOf
            java/lang/Integer TYPE intValue valueOf
            java/lang/Exception
            java/lang/RuntimeException <init>
            java/lang/invoke/MethodHandles
            java/lang/invoke/MethodHandles$Lookup
            java/lang/invoke/StringConcatFactory makeConcatWithConstants
            java/util/ArrayList <init>
            java/util/Arrays asList
            java/util/Collections emptyList
            java/util/List add addAll
            java/util/Locale ENGLISH
            java/time/format/DateTimeFormatterBuilder <init> appendPattern parseCaseInsensitive toFormatter
            org/drools/util/DateUtils getDateFormatMask
            org/drools/model/DomainClassMetadata getPropertyIndex
            org/drools/model/Index
            org/drools/model/Index$ConstraintType EQUAL NOT_EQUAL GREATER_THAN GREATER_OR_EQUAL LESS_THAN LESS_OR_EQUAL
            org/drools/model/Model
            org/drools/model/PatternDSL
            org/drools/model/PatternDSL$PatternDef bind expr
            org/drools/model/PatternDSL$ReactOn
            org/drools/model/Rule
            org/drools/model/RuleItemBuilder
            org/drools/model/RulesSupplier
            org/drools/model/consequences/ConsequenceBuilder
            org/drools/model/consequences/ConsequenceBuilder$_1 execute
            org/drools/model/functions/Block1
            org/drools/model/functions/Function1
            org/drools/model/functions/HashedExpression
            org/drools/model/functions/Predicate1
            org/drools/model/functions/Predicate2
            org/drools/model/functions/Predicate3
            org/drools/model/functions/Predicate4
            org/drools/model/functions/Predicate5
            org/drools/model/functions/PredicateInformation <init> addRuleNames setMoreThanMaxRuleDefs
            org/drools/model/impl/RuleBuilder build
            org/drools/model/operators/InOperator INSTANCE
            org/drools/model/view/ViewItemBuilder
            org/drools/modelcompiler/dsl/pattern/D alphaIndexedBy and betaIndexedBy declarationOf eval exists globalOf not on or pattern reactOn rule
            org/drools/modelcompiler/util/EvaluationUtil areNullSafeEquals areNumbersNullSafeEquals greaterOrEqual greaterOrEqualNumbers greaterThan greaterThanNumbers lessOrEqual lessOrEqualNumbers lessThan lessThanNumbers
            """);

    /** The class by which Drools knows the rules' configuration; nothing in it comes from a rule. */
    private static final Map<String, Set<String>> KNOWN_OF_PROJECT = read("""
            java/lang/Object <init>
            java/lang/IllegalArgumentException <init>
            java/lang/String equals hashCode
            java/lang/invoke/MethodHandles
            java/lang/invoke/MethodHandles$Lookup
            java/lang/invoke/StringConcatFactory makeConcatWithConstants
            java/util/Arrays asList
            org/drools/model/Model
            org/drools/modelcompiler/CanonicalKieModuleModel
            org/kie/api/KieServices get newKieModuleModel
            org/kie/api/builder/model/KieBaseModel addPackage newKieSessionModel setDefault setEventProcessingMode setMutability
            org/kie/api/builder/model/KieModuleModel newKieBaseModel
            org/kie/api/builder/model/KieSessionModel setClockType setDefault setType
            org/kie/api/builder/model/KieSessionModel$KieSessionType STATEFUL STATELESS
            org/kie/api/conf/EventProcessingOption CLOUD
            org/kie/api/conf/KieBaseMutabilityOption ALLOWED
            org/kie/api/runtime/conf/ClockTypeOption get
            org/kie/util/maven/support/ReleaseIdImpl <init>
            """);

    private static final Map<String, Set<String>> VOCABULARY = vocabulary();

    private static Map<String, Set<String>> read(String lines) {
        return lines.lines()
                .map(line -> List.of(line.strip().split(" ")))
                .collect(Collectors.toUnmodifiableMap(
                        words -> words.get(0), words -> Set.copyOf(words.subList(1, words.size()))));
    }

    private static Map<String, Set<String>> vocabulary() {
        Map<String, Set<String>> known =
                Arrays.stream(Fact.values()).collect(Collectors.toMap(fact -> FACTS + fact.word, RuleFence::accessors));
        known.put(FACTS + "Firing", Set.of("of"));
        Vocabulary.TYPES.forEach(type -> known.put(
                type.getName().replace('.', '/'),
                Set.copyOf(Vocabulary.CONSTANTS.getOrDefault(type.getSimpleName(), List.of()))));
        return Map.copyOf(known);
    }

    private static Set<String> accessors(Fact fact) {
        return Stream.concat(
                        fact.predicates.keySet().stream(),
                        fact.properties.keySet().stream().flatMap(property -> {
                            String capital = property.substring(0, 1).toUpperCase(Locale.ROOT) + property.substring(1);
                            return Stream.of(property, "get" + capital, "is" + capital);
                        }))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** {@code files} are those of the module that the rules were compiled to, by their paths. */
    static void requireNothingBeyond(Map<String, byte[]> files) {
        Set<String> own = files.keySet().stream()
                .filter(path -> path.endsWith(".class"))
                .map(path -> path.substring(0, path.length() - ".class".length()))
                .collect(Collectors.toSet());
        files.forEach((path, content) -> {
            if (!path.endsWith(".class")) {
                requireKnownFile(path);
                return;
            }
            ClassReferences references = ClassReferences.of(content);
            if (!path.equals(references.name() + ".class")
                    || !OWN.matcher(references.name()).matches()) {
                throw beyond(path);
            }
            requireKnown(references, own);
        });
    }

    private static void requireKnownFile(String path) {
        if (!OTHER_FILES.matcher(path).matches()) {
            throw beyond(path);
        }
    }

    private static void requireKnown(ClassReferences references, Set<String> own) {
        Map<String, Set<String>> known =
                new HashMap<>(references.name().startsWith(PROJECT) ? KNOWN_OF_PROJECT : KNOWN);
        known.putAll(VOCABULARY);
        for (String type : references.types()) {
            if (!own.contains(type) && !known.containsKey(type)) {
                throw beyond(type);
            }
        }
        for (String member : references.members()) {
            int dot = member.lastIndexOf('.');
            String owner = member.substring(0, dot);
            if (!own.contains(owner) && !known.getOrDefault(owner, Set.of()).contains(member.substring(dot + 1))) {
                throw beyond(member);
            }
        }
    }

    private static RulesException beyond(String what) {
        return new RulesException("The compiled rules refer to " + what.replace('/', '.')
                + ", which is more than a rule may reach. Nothing of them was run.");
    }
}
