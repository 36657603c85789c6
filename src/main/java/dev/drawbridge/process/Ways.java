package dev.drawbridge.process;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.jspecify.annotations.Nullable;

/**
 * Which variables are there for certain where something stands in a process: those that are set on every way that leads there
 * from the start. An expression that reads another would stop whoever comes along on one of the other ways, each time.
 */
final class Ways {
    private static final Set<String> NODES = Set.of(
            "task",
            "manualTask",
            "userTask",
            "serviceTask",
            "receiveTask",
            "subProcess",
            "startEvent",
            "intermediateCatchEvent",
            "boundaryEvent",
            "intermediateThrowEvent",
            "endEvent",
            "exclusiveGateway",
            "inclusiveGateway",
            "parallelGateway",
            "eventBasedGateway");

    /** Whoever goes on from there is in another transaction. */
    private static final Set<String> WAITING =
            Set.of("userTask", "receiveTask", "intermediateCatchEvent", "boundaryEvent", "eventBasedGateway");

    private final List<String> names;

    private final BitSet lasting = new BitSet();
    private final Function<Element, Set<String>> setBy;
    private final Predicate<String> runsApart;
    private final List<Node> nodes = new ArrayList<>();
    private final Map<Element, Node> known = new IdentityHashMap<>();

    /** What is there before an element, after one go of it, and after it; nothing is known to lack until a way is found. */
    private final class Node {
        private final Element element;
        private final @Nullable Node around;
        private final List<Node> from = new ArrayList<>();
        private final List<Node> ends = new ArrayList<>();
        private final BitSet set;
        private @Nullable Node attachedTo;
        private BitSet before = all();
        private BitSet once = all();
        private BitSet after = all();

        Node(Element element, @Nullable Node around) {
            this.element = element;
            this.around = around;
            this.set = bits(setBy.apply(element));
        }

        private boolean is(String tag) {
            return element.getTagName().equals(tag);
        }

        /** Whether anything is new. */
        boolean walk() {
            BitSet newBefore = begun();
            BitSet newOnce = is("subProcess") ? shared(ends) : (BitSet) newBefore.clone();
            if (WAITING.contains(element.getTagName())) {
                newOnce.and(lasting);
            }
            newOnce.or(set);
            BitSet newAfter = (BitSet) newOnce.clone();
            if (mayNotRun(element)) {
                newAfter.and(newBefore);
            }
            if (isTrue(element, "asyncAfter")) {
                newAfter.and(lasting);
            }
            boolean isNew = !newBefore.equals(before) || !newOnce.equals(once) || !newAfter.equals(after);
            before = newBefore;
            once = newOnce;
            after = newAfter;
            return isNew;
        }

        private BitSet begun() {
            BitSet begun = reached();
            boolean apart = is("serviceTask") && runsApart.test(VariablesThere.bean(element));
            if (apart
                    || isTrue(element, "asyncBefore")
                    || loops(element).anyMatch(loop -> isTrue(loop, "asyncBefore"))) {
                begun.and(lasting);
            }
            return begun;
        }

        private BitSet reached() {
            Node activity = attachedTo;
            if (is("boundaryEvent")) {
                return activity == null ? all() : lastingOf(activity);
            }
            if (!is("startEvent")) {
                return is("parallelGateway") ? joined() : shared(from);
            }
            if (around == null) {
                return new BitSet();
            }
            if ("true".equals(around.element.attribute("triggeredByEvent"))) {
                // It begins at any moment of what it is in.
                return around.around == null ? new BitSet() : lastingOf(around.around);
            }
            return (BitSet) around.before.clone();
        }

        /** It waits for all of them. */
        private BitSet joined() {
            BitSet joined = shared(from);
            from.forEach(one -> {
                BitSet stays = (BitSet) one.after.clone();
                stays.and(lasting);
                joined.or(stays);
            });
            return joined;
        }

        private BitSet lastingOf(Node activity) {
            BitSet stays = (BitSet) activity.before.clone();
            stays.and(lasting);
            return stays;
        }
    }

    /**
     * Follows the ways of a file.
     *
     * @param names of all its variables
     * @param setBy what is there once an element has been gone through
     * @param runsApart the steps that begin a transaction of their own
     */
    Ways(Element root, Set<String> names, Function<Element, Set<String>> setBy, Predicate<String> runsApart) {
        this.names = List.copyOf(names);
        this.setBy = setBy;
        this.runsApart = runsApart;
        for (int at = 0; at < names.size(); at++) {
            lasting.set(at, !VariablesThere.PASSING.containsKey(this.names.get(at)));
        }
        root.elements("process").forEach(process -> enter(process, null));
        boolean isNew = true;
        while (isNew) {
            isNew = false;
            for (Node node : nodes) {
                isNew |= node.walk();
            }
        }
    }

    /** {@code around}: the subprocess; none for a process. */
    private void enter(Element scope, @Nullable Node around) {
        Map<String, Node> byId = new HashMap<>();
        List<Node> here = new ArrayList<>();
        for (Element element : scope.elements()) {
            if (NODES.contains(element.getTagName())) {
                Node node = new Node(element, around);
                here.add(node);
                nodes.add(node);
                known.put(element, node);
                byId.put(String.valueOf(element.attribute("id")), node);
            }
        }
        Set<Node> leading = new HashSet<>();
        for (Element flow : scope.elements("sequenceFlow")) {
            Node from = byId.get(String.valueOf(flow.attribute("sourceRef")));
            Node to = byId.get(String.valueOf(flow.attribute("targetRef")));
            if (from != null && to != null) {
                to.from.add(from);
                leading.add(from);
                known.put(flow, from);
            }
        }
        for (Node node : here) {
            node.attachedTo = byId.get(String.valueOf(node.element.attribute("attachedToRef")));
            boolean goesElsewhere = leading.contains(node)
                    || !node.element.elements("errorEventDefinition").isEmpty()
                    || "true".equals(node.element.attribute("triggeredByEvent"));
            if (around != null && !goesElsewhere) {
                around.ends.add(node);
            }
            if (node.is("subProcess")) {
                enter(node.element, node);
            }
        }
    }

    private BitSet all() {
        BitSet all = new BitSet();
        all.set(0, names.size());
        return all;
    }

    private BitSet bits(Set<String> set) {
        BitSet bits = new BitSet();
        for (int at = 0; at < names.size(); at++) {
            bits.set(at, set.contains(names.get(at)));
        }
        return bits;
    }

    /** What is there behind each of these; where there is none, nobody comes along. */
    private BitSet shared(List<Node> those) {
        BitSet shared = all();
        those.forEach(one -> shared.and(one.after));
        return shared;
    }

    private static Stream<Element> loops(Element element) {
        return element.elements("multiInstanceLoopCharacteristics").stream();
    }

    /** Not even once, where there is nothing to run through. */
    private static boolean mayNotRun(Element element) {
        return loops(element)
                .anyMatch(loop -> loop.elements("loopCardinality").stream()
                        .noneMatch(times -> times.getText().strip().matches("0*[1-9][0-9]{0,2}")));
    }

    private static boolean isTrue(Element element, String attribute) {
        return VariablesThere.camunda(element, attribute).equals("true");
    }

    /** What is there when an element begins, or a flow is taken; none where it is neither. */
    @Nullable
    Set<String> at(Element element) {
        Node node = known.get(element);
        return node == null ? null : texts(node.element == element ? node.before : node.after);
    }

    /** What is there when one go of an element that runs several times is over. */
    Set<String> afterOneGo(Element element) {
        Node node = known.get(element);
        return node == null ? Set.of() : texts(node.once);
    }

    private Set<String> texts(BitSet bits) {
        return bits.stream().mapToObj(names::get).collect(Collectors.toSet());
    }

    /**
     * What is wrong with a gateway, or a step, from which each way leads under a condition, or one of them whatever the conditions
     * of the others say; null where nothing is.
     */
    static @Nullable String wrongOn(Element gateway, Element scope) {
        String id = String.valueOf(gateway.attribute("id"));
        List<Element> ways = scope.elements("sequenceFlow").stream()
                .filter(flow -> id.equals(flow.attribute("sourceRef")))
                .toList();
        List<Element> without = ways.stream()
                .filter(flow -> flow.elements("conditionExpression").isEmpty())
                .toList();
        String otherwise = gateway.attribute("default");
        if (!ways.isEmpty() && otherwise == null && without.isEmpty()) {
            return "where none of its conditions holds there is no way on; name one of its flows as the default";
        }
        boolean decides = gateway.getTagName().equals("exclusiveGateway") && without.size() < ways.size();
        return without.stream()
                .map(flow -> String.valueOf(flow.attribute("id")))
                .filter(flow -> decides && !flow.equals(otherwise))
                .findFirst()
                .map(
                        flow -> "the way " + NotPublished.shown(flow)
                                + " has no condition, so that the conditions of the others decide nothing; name it as the default")
                .orElse(null);
    }
}
