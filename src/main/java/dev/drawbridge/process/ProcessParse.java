package dev.drawbridge.process;

import dev.drawbridge.platform.Refusal;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.ParseException;
import org.camunda.bpm.engine.Problem;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.impl.Condition;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParse;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParser;
import org.camunda.bpm.engine.impl.bpmn.parser.FieldDeclaration;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ResourceEntity;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.task.TaskDefinition;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.jspecify.annotations.Nullable;
import org.xml.sax.SAXParseException;

/**
 * How the engine makes a process of a file, without the parts that could run anything: whatever the inspection may have
 * missed, there is nothing here that would build it. What an earlier release published is read again without the
 * inspection, which knew less then, and held by this alone.
 */
class ProcessParse extends BpmnParse {
    private final Inspection inspection;

    /** Looks at what is published, before the engine makes anything of it. */
    interface Inspection {
        void inspect(String file, ProcessReader.Read read, Map<String, byte[]> published);
    }

    ProcessParse(BpmnParser parser, Inspection inspection) {
        super(parser);
        this.inspection = inspection;
    }

    @Override
    public BpmnParse execute() {
        InputStream content = streamSource.getInputStream();
        ProcessReader.Read read = ProcessReader.read(name, content);
        rootElement = read.root();
        if (deployment == null || !deployment.isNew()) {
            build(read);
            return this;
        }
        inspection.inspect(
                name,
                read,
                deployment.getResources().values().stream()
                        .collect(Collectors.toMap(ResourceEntity::getName, ResourceEntity::getBytes)));
        try {
            build(read);
        } catch (ParseException problems) {
            throw refused(
                    problems.getResorceReports().stream()
                            .flatMap(report -> report.getErrors().stream())
                            .findFirst()
                            .orElse(null),
                    problems);
        } catch (ProcessEngineException | ClassCastException | NullPointerException | IllegalArgumentException failed) {
            throw refused(null, failed);
        }
        return this;
    }

    private void build(ProcessReader.Read read) {
        SAXParseException fault = read.fault();
        if (fault != null) {
            addError(fault);
        } else {
            parseRootElement();
        }
        if (hasWarnings()) {
            logWarnings();
        }
        if (hasErrors()) {
            throwExceptionForErrors();
        }
    }

    private Refusal refused(@Nullable Problem problem, RuntimeException failed) {
        if (problem == null) {
            String why = failed instanceof NotBuilt
                    ? String.valueOf(failed.getMessage())
                    : "the engine makes no process of it";
            return NotPublished.because(NotPublished.shown(name) + ": " + why);
        }
        String why = NotPublished.shown(String.valueOf(problem.getMessage()));
        return NotPublished.at(name, problem.getLine(), problem.getMainElementId(), why.replaceAll("[.\\s]+$", ""));
    }

    /** Why the engine here does not build something. */
    private static final class NotBuilt extends ProcessEngineException {
        NotBuilt(Element element, String what) {
            super("line " + element.getLine() + ", " + what + " is not part of the engine here, since it may run code");
        }
    }

    private static void refuse(Element element, boolean present, String what) {
        if (present) {
            throw new NotBuilt(element, what);
        }
    }

    private static boolean has(Element element, String attribute) {
        return element.attribute(attribute) != null
                || element.attributeNS(CAMUNDA_BPMN_EXTENSIONS_NS, attribute) != null;
    }

    /** For every kind of activity: no step of a process goes unseen. */
    @Override
    public ActivityImpl createActivityOnScope(Element element, ScopeImpl scope) {
        ActivityImpl activity = super.createActivityOnScope(element, scope);
        boolean signals = element.getTagName().matches("intermediateThrowEvent|endEvent")
                && element.element("signalEventDefinition") != null;
        activity.addBuiltInListener(ExecutionListener.EVENTNAME_START, (ExecutionListener)
                execution -> BoundedWork.step(execution, signals));
        return activity;
    }

    @Override
    public ProcessDefinitionEntity parseProcess(Element element) {
        ProcessDefinitionEntity process = super.parseProcess(element);
        process.addBuiltInListener(ExecutionListener.EVENTNAME_START, (ExecutionListener) BoundedWork::begins);
        return process;
    }

    @Override
    protected void parseImports() {
        rootElement.elements("import").forEach(imported -> refuse(imported, true, "an import"));
    }

    @Override
    public ActivityImpl parseScriptTask(Element task, ScopeImpl scope) {
        throw new NotBuilt(task, "a script task");
    }

    @Override
    protected ActivityImpl parseDmnBusinessRuleTask(Element task, ScopeImpl scope) {
        throw new NotBuilt(task, "a decision");
    }

    @Override
    public ActivityImpl parseCallActivity(Element activity, ScopeImpl scope, boolean isMultiInstance) {
        throw new NotBuilt(activity, "a call activity");
    }

    @Override
    public void parseServiceTaskLike(
            ActivityImpl activity, String name, Element element, Element properties, ScopeImpl scope) {
        refuse(element, has(element, "type"), "a mail, shell or external task");
        refuse(element, has(element, "class"), "a class");
        super.parseServiceTaskLike(activity, name, element, properties, scope);
    }

    @Override
    protected void parseEmailServiceTask(ActivityImpl activity, Element task, List<FieldDeclaration> fields) {
        throw new NotBuilt(task, "mail");
    }

    @Override
    protected void parseShellServiceTask(ActivityImpl activity, Element task, List<FieldDeclaration> fields) {
        throw new NotBuilt(task, "a shell");
    }

    @Override
    protected void parseExternalServiceTask(ActivityImpl activity, Element task, Element properties) {
        throw new NotBuilt(task, "an external task");
    }

    /** The engine would write them into the beans, which all processes share. */
    @Override
    public List<FieldDeclaration> parseFieldDeclarations(Element element) {
        Element extensions = element.element("extensionElements");
        refuse(
                element,
                !(extensions == null ? element : extensions).elements("field").isEmpty(),
                "a field");
        refuse(element, !element.elements("field").isEmpty(), "a field");
        return List.of();
    }

    @Override
    protected TaskListener parseTaskListener(Element listener, String task) {
        requireNamed(listener);
        return super.parseTaskListener(listener, task);
    }

    @Override
    public ExecutionListener parseExecutionListener(Element listener, String ancestor) {
        requireNamed(listener);
        return super.parseExecutionListener(listener, ancestor);
    }

    private static void requireNamed(Element listener) {
        refuse(listener, has(listener, "class"), "a class");
        refuse(listener, !listener.elements("script").isEmpty(), "a script");
    }

    @Override
    protected void parseStartFormHandlers(List<Element> events, ProcessDefinitionEntity process) {
        events.forEach(event -> refuse(event, has(event, "formHandlerClass"), "a class"));
        super.parseStartFormHandlers(events, process);
    }

    @Override
    public TaskDefinition parseTaskDefinition(
            Element task, String key, ActivityImpl activity, ProcessDefinitionEntity process) {
        refuse(task, has(task, "formHandlerClass"), "a class");
        return super.parseTaskDefinition(task, key, activity, process);
    }

    @Override
    protected Condition parseConditionExpression(Element condition, String ancestor) {
        refuse(condition, has(condition, "language") || has(condition, "resource"), "a script");
        return super.parseConditionExpression(condition, ancestor);
    }

    @Override
    protected void parseActivityInputOutput(Element element, ActivityImpl activity) {
        Element extensions = element.element("extensionElements");
        refuse(element, extensions != null && holds(extensions, "script"), "a script");
        super.parseActivityInputOutput(element, activity);
    }

    private static boolean holds(Element element, String tag) {
        return Objects.equals(element.getTagName(), tag)
                || element.elements().stream().anyMatch(child -> holds(child, tag));
    }
}
