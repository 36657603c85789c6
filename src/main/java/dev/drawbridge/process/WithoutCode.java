package dev.drawbridge.process;

import java.lang.reflect.Method;
import java.util.Set;
import javax.script.ScriptEngine;
import javax.script.ScriptEngineFactory;
import javax.script.ScriptEngineManager;
import org.camunda.bpm.engine.ArtifactFactory;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.delegate.Expression;
import org.camunda.bpm.engine.impl.bpmn.delegate.ExecutionListenerInvocation;
import org.camunda.bpm.engine.impl.bpmn.delegate.JavaDelegateInvocation;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParse;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.delegate.DefaultDelegateInterceptor;
import org.camunda.bpm.engine.impl.delegate.DelegateInvocation;
import org.camunda.bpm.engine.impl.delegate.ExpressionGetInvocation;
import org.camunda.bpm.engine.impl.el.CommandContextFunctions;
import org.camunda.bpm.engine.impl.el.ExpressionManager;
import org.camunda.bpm.engine.impl.el.JuelExpressionManager;
import org.camunda.bpm.engine.impl.form.handler.CreateStartFormInvocation;
import org.camunda.bpm.engine.impl.form.handler.CreateTaskFormInvocation;
import org.camunda.bpm.engine.impl.form.handler.SubmitFormVariablesInvocation;
import org.camunda.bpm.engine.impl.form.validator.FormFieldValidator;
import org.camunda.bpm.engine.impl.form.validator.FormValidators;
import org.camunda.bpm.engine.impl.scripting.ExecutableScript;
import org.camunda.bpm.engine.impl.scripting.ScriptFactory;
import org.camunda.bpm.engine.impl.scripting.engine.ScriptEngineResolver;
import org.camunda.bpm.engine.impl.task.delegate.TaskListenerInvocation;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.camunda.bpm.impl.juel.jakarta.el.ELResolver;
import org.jspecify.annotations.Nullable;

/**
 * Builds the engine without what could run code that a file brings along: scripts, classes, decisions, cases, and
 * expressions that reach beyond what is meant for them. It does not rely on any inspection.
 */
final class WithoutCode {
    /** What the engine runs in a process's name: the beans that an expression found, the forms, nothing else. */
    private static final Set<Class<?>> KNOWN = Set.of(
            ExpressionGetInvocation.class,
            JavaDelegateInvocation.class,
            ExecutionListenerInvocation.class,
            TaskListenerInvocation.class,
            CreateStartFormInvocation.class,
            CreateTaskFormInvocation.class,
            SubmitFormVariablesInvocation.class);

    private WithoutCode() {}

    static void build(
            ProcessEngineConfigurationImpl engine, ProcessVocabulary vocabulary, ProcessParse.Inspection inspection) {
        engine.setBeans(vocabulary);
        engine.setExpressionManager(new Expressions(vocabulary));
        engine.setBpmnParseFactory(parser -> new ProcessParse(parser, inspection));
        engine.setScriptFactory(new NoScripts());
        engine.setScriptEngineResolver(new NoScriptEngines());
        engine.setEnableScriptCompilation(false);
        engine.setEnableFetchScriptEngineFromProcessApplication(false);
        engine.setEnableScriptEngineLoadExternalResources(false);
        engine.setArtifactFactory(new NoClasses());
        engine.setFormValidators(new NoValidators());
        engine.setDelegateInterceptor(new KnownInvocations());
        engine.setDmnEnabled(false);
        // The engine makes a reader of decisions all the same; this one is not written in Scala and quick to load.
        engine.setDmnFeelEnableLegacyBehavior(true);
        engine.setCmmnEnabled(false);
        engine.setEnableExpressionsInAdhocQueries(false);
    }

    private static ProcessEngineException notHere(String what) {
        return new ProcessEngineException(what + " are not part of the engine here, since they may run code");
    }

    /** Expressions that reach the vocabulary; the only function is the one that Tasklist's own filters call. */
    private static final class Expressions extends JuelExpressionManager {
        private final ProcessVocabulary vocabulary;

        Expressions(ProcessVocabulary vocabulary) {
            this.vocabulary = vocabulary;
        }

        @Override
        protected ELResolver createElResolver() {
            return new VocabularyResolver(vocabulary);
        }

        @Override
        public void addFunction(String name, Method function) {
            if (name.equals(CommandContextFunctions.CURRENT_USER)) {
                super.addFunction(name, function);
            }
        }
    }

    private static final class NoScripts extends ScriptFactory {
        @Override
        public ExecutableScript createScriptFromResource(String language, String resource) {
            throw notHere("Scripts");
        }

        @Override
        public ExecutableScript createScriptFromResource(String language, Expression resource) {
            throw notHere("Scripts");
        }

        @Override
        public ExecutableScript createScriptFromSource(String language, String source) {
            throw notHere("Scripts");
        }

        @Override
        public ExecutableScript createScriptFromSource(String language, Expression source) {
            throw notHere("Scripts");
        }
    }

    private static final class NoScriptEngines implements ScriptEngineResolver {
        @Override
        public void addScriptEngineFactory(ScriptEngineFactory factory) {
            throw notHere("Scripts");
        }

        @Override
        public @Nullable ScriptEngineManager getScriptEngineManager() {
            return null;
        }

        @Override
        public ScriptEngine getScriptEngine(String language, boolean fromCache) {
            throw notHere("Scripts");
        }
    }

    private static final class NoClasses implements ArtifactFactory {
        @Override
        public <T> T getArtifact(Class<T> type) {
            throw notHere("Classes");
        }
    }

    private static final class NoValidators extends FormValidators {
        @Override
        public FormFieldValidator createValidator(Element constraint, BpmnParse parse, ExpressionManager expressions) {
            throw notHere("Validators of forms");
        }
    }

    private static final class KnownInvocations extends DefaultDelegateInterceptor {
        @Override
        public void handleInvocation(DelegateInvocation invocation) throws Exception {
            if (!KNOWN.contains(invocation.getClass())) {
                throw notHere("Invocations such as " + invocation.getClass().getSimpleName());
            }
            super.handleInvocation(invocation);
        }
    }
}
