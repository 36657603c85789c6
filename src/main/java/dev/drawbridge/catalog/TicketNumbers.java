package dev.drawbridge.catalog;

import com.fasterxml.jackson.annotation.JacksonInject;
import com.fasterxml.jackson.annotation.OptBoolean;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.drawbridge.publication.OfPublication;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** How ticket numbers look: {@code rules/tickets.yaml}. */
@Component
@OfPublication
public class TicketNumbers {
    private static final String FILE = "tickets.yaml";
    private static final int LONGEST = 250;
    private static final int MOST = 30;

    private static final Content LEFT_OUT = new Content(List.of(
            new Ticket("{project}-{number}", "OPS-1234"),
            new Ticket("CHG{7 digits}", "CHG0040410"),
            new Ticket("INC{7 digits}", "INC0012345"),
            new Ticket("RITM{7 digits}", "RITM0010001"),
            new Ticket("#{number}", "#123"),
            new Ticket("{name}/{name}#{number}", "org/repo#123"),
            new Ticket("AB#{number}", "AB#12345"),
            new Ticket("{number}", "1234")));

    private final List<Known> patterns = new ArrayList<>();
    private final List<String> each;
    private final String examples;

    private record Ticket(
            String like,
            String example,
            @JacksonInject(useInput = OptBoolean.TRUE) Home system) {
        Ticket(String like, String example) {
            this(like, example, Home.UNSAID);
        }
    }

    /** Where tickets of a pattern live; empty where the file does not say. */
    record Home(String name) {
        static final Home UNSAID = new Home("");

        static Home of(String name) {
            return new Home(name);
        }
    }

    private record Known(TicketPattern pattern, String system) {}

    private record Content(List<Ticket> tickets) {}

    public TicketNumbers(RuleFiles files) {
        List<Ticket> tickets =
                files.read(FILE, new TypeReference<Content>() {}, LEFT_OUT).tickets();
        if (tickets.isEmpty() || tickets.size() > MOST) {
            throw files.wrong(FILE, "there are one to " + MOST + " patterns.", "tickets");
        }
        for (int number = 0; number < tickets.size(); number++) {
            Ticket ticket = tickets.get(number);
            TicketPattern pattern = read(files, ticket, number);
            if (!pattern.fits(ticket.example())) {
                throw files.wrong(
                        FILE,
                        "the example '" + ticket.example() + "' does not look like '" + ticket.like() + "'.",
                        "tickets",
                        number,
                        "example");
            }
            patterns.add(new Known(pattern, ticket.system().name()));
        }
        List<String> shown = tickets.stream().map(Ticket::example).toList();
        each = shown;
        examples = shown.size() == 1
                ? shown.get(0)
                : shown.stream().limit(shown.size() - 1L).collect(Collectors.joining(", "))
                        + " or "
                        + shown.get(shown.size() - 1);
    }

    private static TicketPattern read(RuleFiles files, Ticket ticket, int number) {
        Optional<TicketPattern> pattern =
                ticket.example().length() > LONGEST ? Optional.empty() : TicketPattern.parse(ticket.like());
        return pattern.orElseThrow(() -> files.wrong(
                FILE,
                "'" + ticket.like() + "' is no pattern. It is made of " + TicketPattern.words()
                        + ", of letters and digits, and of # - _ / . : and is short.",
                "tickets",
                number,
                "like"));
    }

    /** Whether this is a ticket number, by one of the patterns. */
    public boolean fit(String text) {
        return text.length() <= LONGEST
                && patterns.stream().anyMatch(known -> known.pattern().fits(text));
    }

    /** Where the ticket of this number lives: what the file says of the first pattern that it fits; empty where it says nothing. */
    public String systemOf(String text) {
        return patterns.stream()
                .filter(known -> text.length() <= LONGEST && known.pattern().fits(text))
                .findFirst()
                .map(Known::system)
                .orElse("");
    }

    /** Where tickets live, as far as the file says. */
    public Set<String> systems() {
        return patterns.stream()
                .map(Known::system)
                .filter(system -> !system.isEmpty())
                .collect(Collectors.toSet());
    }

    /** An example of each pattern, in the order of the file. */
    public List<String> each() {
        return each;
    }

    /** What ticket numbers look like, for a sentence: {@code OPS-1234, CHG0040410 or #123}. */
    public String examples() {
        return examples;
    }
}
