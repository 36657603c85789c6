package dev.drawbridge.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.platform.Refusal;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.springframework.beans.factory.support.StaticListableBeanFactory;

/** Whatever is put into the house's process, wherever: nothing that could run anything gets past the inspection. */
class ProcessFuzzTest {
    private static final Pattern LISTENER =
            Pattern.compile("<camunda:(task|execution)Listener delegateExpression=\"#\\{(\\w+)}");
    private static final Pattern DELEGATE = Pattern.compile("camunda:delegateExpression=\"#\\{(\\w+)}");

    private final ProcessInspection inspection = new ProcessInspection(new ProcessVocabulary(beans()));

    /** Stand-ins of the names that the house's process uses. */
    @UsedInProcess
    static class Window {
        @UsedInProcess
        public String requester(DelegateExecution execution) {
            return "";
        }

        @UsedInProcess
        public boolean startsLater(DelegateExecution execution) {
            return false;
        }

        @UsedInProcess
        public boolean extendsAccess(DelegateExecution execution) {
            return false;
        }

        @UsedInProcess
        public Date startsAt(DelegateExecution execution) {
            return new Date();
        }

        @UsedInProcess
        public Date endsAt(DelegateExecution execution) {
            return new Date();
        }

        @UsedInProcess
        public Date endsSoonAt(DelegateExecution execution) {
            return new Date();
        }
    }

    @UsedInProcess
    static class Levels {
        @UsedInProcess
        public List<Integer> indexes(DelegateExecution execution) {
            return List.of();
        }

        @UsedInProcess
        public List<String> groups(int level, DelegateExecution execution) {
            return List.of();
        }

        @UsedInProcess
        public List<String> people(int level, DelegateExecution execution) {
            return List.of();
        }

        @UsedInProcess
        public Date dueAt(int level, DelegateExecution execution) {
            return new Date();
        }

        @UsedInProcess
        public Date answerDueAt(int level, DelegateExecution execution) {
            return new Date();
        }

        @UsedInProcess
        public Date reminderAt(int level, DelegateExecution execution) {
            return new Date();
        }

        @UsedInProcess
        public Date tierAt(int level, DelegateExecution execution) {
            return new Date();
        }

        @UsedInProcess
        public boolean remindsAgain(int level, DelegateExecution execution) {
            return false;
        }

        @UsedInProcess
        public boolean hasAnotherTier(int level, DelegateExecution execution) {
            return false;
        }
    }

    @UsedInProcess
    static class Delegate implements JavaDelegate {
        @Override
        public void execute(DelegateExecution execution) {}
    }

    @UsedInProcess
    static class OfTasks implements TaskListener {
        @Override
        public void notify(DelegateTask task) {}
    }

    @UsedInProcess
    static class OfExecutions implements ExecutionListener {
        @Override
        public void notify(DelegateExecution execution) {}
    }

    private static String house() {
        try {
            return Files.readString(Path.of("processes/access-request.bpmn"));
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    private static StaticListableBeanFactory beans() {
        StaticListableBeanFactory beans = new StaticListableBeanFactory();
        beans.addBean("accessWindow", new Window());
        beans.addBean("approvalLevels", new Levels());
        beans.addBean("canary", Canary.silent());
        Matcher listeners = LISTENER.matcher(house());
        while (listeners.find()) {
            beans.addBean(listeners.group(2), listeners.group(1).equals("task") ? new OfTasks() : new OfExecutions());
        }
        DELEGATE.matcher(house()).results().forEach(named -> beans.addBean(named.group(1), new Delegate()));
        return beans;
    }

    @Property(tries = 300)
    void takesTheProcessWithWhatIsHarmlessAndNothingElse(@ForAll long seed) {
        MutatedProcess mutated = new MutatedProcess(new Random(seed));

        Optional<Refusal> refused = inspected(mutated.text());

        assertThat(refused.isPresent())
                .as(refused.map(Refusal::sentence).orElse(mutated.text()))
                .isEqualTo(mutated.isHostile());
    }

    @Property(tries = 300)
    void saysInASentenceWhatIsWrongHoweverTheTextIsBroken(@ForAll long seed) {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder(house());
        for (int i = random.nextInt(5); i >= 0; i--) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(3)) {
                case 0 -> text.deleteCharAt(at);
                case 1 -> text.insert(at, (char) random.nextInt(0x300));
                default -> text.setCharAt(at, "<>&\"'{}#$:/=".charAt(random.nextInt(12)));
            }
        }

        inspected(text.toString())
                .ifPresent(refused -> assertThat(refused.sentence())
                        .startsWith("Not published")
                        .endsWith(".")
                        .doesNotContain("Exception"));
    }

    private Optional<Refusal> inspected(String text) {
        try {
            inspection.inspect(
                    "try.bpmn",
                    ProcessReader.read("try.bpmn", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))),
                    Stream.of("request-access", "approve-access", "answer-question", "use-access")
                            .collect(Collectors.toMap(form -> "forms/" + form + ".html", form -> new byte[0])));
            return Optional.empty();
        } catch (Refusal refused) {
            return Optional.of(refused);
        }
    }
}
