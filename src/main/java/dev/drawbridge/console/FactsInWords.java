package dev.drawbridge.console;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drawbridge.request.InWords;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** What the rules went by, as people say it. */
final class FactsInWords {
    private static final Pattern CAPITAL = Pattern.compile("[A-Z]");

    private FactsInWords() {}

    /** Something that was known, and what was known of it. */
    public record Line(String name, String words) {}

    static List<Line> of(JsonNode facts) {
        List<Line> lines = new ArrayList<>();
        lines.add(new Line("Asked for", asked(facts)));
        lines.add(new Line("The access", wanted(facts.path("wanted"))));
        lines.add(new Line("Groups", listed(facts.path("requester").path("groups"), "none")));
        lines.add(new Line("Signed in", signedIn(facts.path("signedIn"))));
        lines.add(new Line("The moment", moment(facts.path("moment"))));
        lines.add(new Line("Held then", held(facts.path("held"))));
        lines.add(new Line(
                "Granted automatically",
                times(facts.path("history").path("automaticGrants").asInt()) + " in the 24 hours before"));
        if (!facts.path("limits").isEmpty()) {
            lines.add(new Line("The rules' limits then", limits(facts.path("limits"))));
        }
        return lines;
    }

    private static String limits(JsonNode limits) {
        return limits.properties().stream()
                .map(limit -> CAPITAL.matcher(limit.getKey())
                                .replaceAll(letter -> " " + letter.group().toLowerCase(Locale.ROOT))
                        + ": "
                        + value(limit.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static String value(JsonNode value) {
        return value.asText().startsWith("P") ? InWords.length(Duration.parse(value.asText())) : value.asText();
    }

    private static String asked(JsonNode facts) {
        JsonNode asked = facts.path("asked");
        boolean longer = !length(facts.path("already")).isZero();
        String ticket = asked.path("ticket").asText();
        return InWords.length(length(asked.path("duration")))
                + (longer ? " in all, " : ", ")
                + (ticket.isEmpty() ? "without a ticket" : "with ticket " + ticket);
    }

    private static String wanted(JsonNode wanted) {
        String personal = !wanted.path("personalData").asBoolean()
                ? ""
                : wanted.path("masked").asBoolean() ? ", personal data masked" : ", with personal data";
        return switch (wanted.path("level").asText()) {
                    case "READ" -> "reading";
                    case "WRITE" -> "changing data";
                    default -> "administering";
                }
                + ", " + lower(wanted.path("sensitivity")) + " sensitivity, "
                + wanted.path("environment").asText() + personal;
    }

    private static String signedIn(JsonNode signedIn) {
        Duration age = length(signedIn.path("age"));
        return (age.toMinutes() == 0 ? "just before" : InWords.length(Duration.ofMinutes(age.toMinutes())) + " before")
                + (signedIn.path("mfa").asBoolean() ? ", with a second factor" : ", without a second factor");
    }

    private static String moment(JsonNode moment) {
        String day = lower(moment.path("dayOfWeek"));
        StringBuilder words = new StringBuilder(day.substring(0, 1).toUpperCase(Locale.ROOT)
                + day.substring(1) + ", " + moment.path("time").asText().replaceAll("^(\\d\\d:\\d\\d).*", "$1")
                + " by the calendar of the rules, "
                + (moment.path("officeHours").asBoolean() ? "in office hours" : "outside office hours"));
        if (moment.path("holiday").asBoolean()) {
            words.append(", a holiday");
        }
        if (moment.path("changeFreeze").asBoolean()) {
            words.append(", during a change freeze");
        }
        if (moment.path("maintenanceWindow").asBoolean()) {
            words.append(", in a maintenance window");
        }
        return words.toString();
    }

    private static String held(JsonNode held) {
        return StreamSupport.stream(held.spliterator(), false)
                .map(one -> one.path("id").asText())
                .sorted()
                .collect(Collectors.collectingAndThen(
                        Collectors.joining(", "), names -> names.isEmpty() ? "nothing else" : names));
    }

    private static String listed(JsonNode names, String none) {
        String listed = StreamSupport.stream(names.spliterator(), false)
                .map(JsonNode::asText)
                .sorted()
                .collect(Collectors.joining(", "));
        return listed.isEmpty() ? none : listed;
    }

    private static String times(int number) {
        return number == 0 ? "not once" : number == 1 ? "once" : InWords.number(number) + " times";
    }

    private static Duration length(JsonNode length) {
        return Duration.parse(length.asText());
    }

    private static String lower(JsonNode constant) {
        return constant.asText().toLowerCase(Locale.ROOT);
    }
}
