package dev.drawbridge.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drawbridge.guardrails.RulesCheck;
import dev.drawbridge.publication.PublicationProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** How what came of a check is told. */
enum CheckReport {
    /** A line for each thing that there is to say. */
    PEOPLE {
        @Override
        List<String> lines(RulesCheck.Result result) {
            List<String> lines = new ArrayList<>(
                    result.problems().stream().map(PublicationProblem::told).toList());
            lines.addAll(result.told());
            int problems = result.problems().size();
            lines.add(
                    problems == 0
                            ? result.guardrails() + " guardrails do what their " + result.cases()
                                    + " cases say. Processes are checked when they are published."
                            : problems == 1 ? "1 problem." : problems + " problems.");
            return lines;
        }
    },
    /** One object, for programs. */
    JSON {
        @Override
        List<String> lines(RulesCheck.Result result) {
            try {
                return List.of(new ObjectMapper()
                        .writeValueAsString(Map.of(
                                "problems", result.problems(),
                                "told", result.told(),
                                "guardrails", result.guardrails(),
                                "cases", result.cases())));
            } catch (JsonProcessingException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
    },
    /** Commands of a workflow on GitHub, which shows each problem beside its line of a pull request. */
    GITHUB {
        @Override
        List<String> lines(RulesCheck.Result result) {
            return Stream.concat(
                            result.problems().stream().map(CheckReport::annotation),
                            result.told().stream().map(told -> "::notice::" + escaped(told)))
                    .toList();
        }
    };

    abstract List<String> lines(RulesCheck.Result result);

    /** As the arguments ask for, of which it takes its own away. */
    static CheckReport asked(List<String> arguments) {
        if (arguments.remove("--json")) {
            return JSON;
        }
        return arguments.remove("--github") ? GITHUB : PEOPLE;
    }

    private static String annotation(PublicationProblem problem) {
        String place = problem.file().isEmpty()
                ? ""
                : " file=" + escaped(problem.file()).replace(",", "%2C").replace(":", "%3A")
                        + (problem.line() == null ? "" : ",line=" + problem.line());
        return "::error" + place + "::" + escaped(problem.sentence());
    }

    /** What would end the command, or begin another. */
    private static String escaped(String text) {
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
    }
}
