package dev.drawbridge.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.platform.Refusal;
import dev.drawbridge.testing.DrawbridgeTest;
import dev.drawbridge.testing.World;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** A process owner publishes processes, not code. */
@DrawbridgeTest
class ProcessInspectionTest {
    @Autowired
    World world;

    private void deploy(String inside) {
        deploy(inside, "forms/unused.form", "{\"id\": \"unused\", \"components\": []}");
    }

    private void deploy(String inside, String form, String content) {
        world.engine()
                .getRepositoryService()
                .createDeployment()
                .name("a try")
                .addString(form, content)
                .addString("try.bpmn", """
                        <?xml version="1.0" encoding="UTF-8"?>
                        <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
                            xmlns:camunda="http://camunda.org/schema/1.0/bpmn"
                            xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" targetNamespace="try">
                          <process id="try" isExecutable="true" camunda:historyTimeToLive="P1D">
                            <startEvent id="s"/>
                            <sequenceFlow id="f" sourceRef="s" targetRef="t"/>
                            %s
                          </process>
                        </definitions>
                        """.formatted(inside))
                .deploy();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<scriptTask id='t' scriptFormat='groovy'><script>System.exit(1)</script></scriptTask>",
                "<serviceTask id='t' camunda:class='java.lang.Runtime'/>",
                "<serviceTask id='t' camunda:expression=\"${''.getClass().forName('java.lang.Runtime')}\"/>",
                "<serviceTask id='t' camunda:expression='#{dataSource.getConnection()}' camunda:resultVariable='x'/>",
                "<serviceTask id='t' camunda:expression=\"#{execution.setVariable('verdict', 'ALLOWED')}\"/>",
                "<serviceTask id='t' camunda:delegateExpression='${x}${y}'/>",
                "<serviceTask id='t' camunda:delegateExpression=\"#{a['b']}\"/>",
                "<serviceTask id='t' camunda:type='mail'/>",
                "<serviceTask id='t' camunda:type='shell'><extensionElements><camunda:field name='command'"
                        + " stringValue='id'/></extensionElements></serviceTask>",
                "<userTask id='t'><documentation>${''.getClass()}</documentation></userTask>",
                "<userTask id='t' camunda:formHandlerClass='java.lang.Runtime'/>",
                "<userTask id='t'><extensionElements><camunda:formData><camunda:formField id='a' type='string'>"
                        + "<camunda:validation><camunda:constraint name='validator' config='java.lang.Runtime'/>"
                        + "</camunda:validation></camunda:formField></camunda:formData></extensionElements></userTask>",
                "<businessRuleTask id='t' camunda:decisionRef='anything'/>",
                "<userTask id='t'/><sequenceFlow id='g' sourceRef='t' targetRef='e'><conditionExpression"
                        + " xsi:type='tFormalExpression' language='groovy'>1</conditionExpression></sequenceFlow>"
                        + "<endEvent id='e'/>",
                "<userTask id='t'><extensionElements><camunda:taskListener event='create'"
                        + " class='java.lang.Runtime'/></extensionElements></userTask>",
                "<userTask id='t'><extensionElements><camunda:executionListener event='start'><camunda:script"
                        + " scriptFormat='groovy'>1</camunda:script></camunda:executionListener></extensionElements></userTask>",
                "<userTask id='t'><extensionElements><camunda:inputOutput><camunda:inputParameter name='x'>"
                        + "${''.getClass()}</camunda:inputParameter></camunda:inputOutput></extensionElements></userTask>",
                "<userTask id='t' camunda:assignee=\"${''.getClass().getName()}\"/>",
                "<userTask id='t' name='${runtimeService.deleteDeployment()}'/>"
            })
    void refusesWhatCouldRunCodeWithTheLine(String inside) {
        long before = count();

        assertThatThrownBy(() -> deploy(inside))
                .hasMessageContaining("Not published, line ")
                .hasMessageNotContaining("at dev.drawbridge");

        assertThat(count()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"decision.dmn", "case.cmmn", "script.groovy", "rules.drl"})
    void refusesWhatIsNeitherAProcessNorAForm(String name) {
        long before = count();

        assertThatThrownBy(() -> world.engine()
                        .getRepositoryService()
                        .createDeployment()
                        .addString(name, "anything")
                        .deploy())
                .hasMessageContaining("Not published: " + name);

        assertThat(count()).isEqualTo(before);
    }

    @Test
    void refusesAProcessWhoseFormIsNotPublishedWithIt() {
        long before = count();

        assertThatThrownBy(
                        () -> deploy("<userTask id='t' camunda:formKey=\"embedded:deployment:forms/missing.html\"/>"))
                .hasMessageContaining("(t) of try.bpmn: it names the form forms/missing.html");

        assertThat(count()).isEqualTo(before);
    }

    /** Tasklist runs whatever an embedded key names as HTML, with its scripts. */
    @ParameterizedTest
    @CsvSource({
        "embedded:deployment:forms/mine.svg, forms/mine.svg",
        "embedded:deployment:forms/mine.png, forms/mine.png",
        "embedded:deployment:forms/mine.form, forms/mine.form",
        "embedded:deployment:try.bpmn, forms/mine.svg",
        "embedded:deployment:forms/mine.html.svg, forms/mine.html.svg",
        "camunda-forms:deployment:forms/mine.svg, forms/mine.svg"
    })
    void refusesAFormWhoseNameDoesNotSayWhatItIs(String key, String sent) {
        long before = count();

        assertThatThrownBy(() -> deploy("<userTask id='t' camunda:formKey='" + key + "'/>", sent, FORM))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("is no form as processes may use it");

        assertThat(count()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"comment", "decision", "answer", "verdict", "level", "execution"})
    void refusesAFieldThatNobodyCouldEverSend(String key) {
        long before = count();

        assertThatThrownBy(() ->
                        deploy(branchingBehindAForm("#{informed}"), "forms/mine.form", FORM.replace("choice", key)))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining(
                        "of forms/mine.form: the field '" + key + "' is called as something of the product's own");

        assertThat(count()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "camunda:formKey='embedded:deployment:forms/missing.html'",
                "camunda:formKey = 'embedded:deployment:forms/missing.html'",
                "camunda:formKey='camunda-forms:deployment:forms/missing.form'",
                "camunda:formKey='embedded:app:forms/missing.html'",
                "camunda:formKey='camunda-forms:app:forms/missing.form'",
                "camunda:formKey='forms/missing.html'",
                "camunda:formKey='app:forms/missing.html'",
                "camunda:formKey='https://example.org/missing.html'",
                "camunda:formRef='missing' camunda:formRefBinding='deployment'",
                "camunda:formRef='missing' camunda:formRefBinding='latest'",
                "camunda:formRef='missing'"
            })
    void refusesAFormThatIsNotPublishedWithItInWhicheverWayItIsNamed(String form) {
        long before = count();

        assertThatThrownBy(() -> deploy("<userTask id='t' " + form + "/>"))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("Not published");

        assertThat(count()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"task_approveAccess", "task_answerQuestion", "task_useAccess"})
    void takesNoFormOfSomebodysOwnWhereWhatIsSaidCounts(String task) {
        long before = count();

        assertThatThrownBy(() -> deploy(
                        "<userTask id='" + task + "' camunda:formKey='camunda-forms:deployment:forms/mine.form'/>",
                        "forms/mine.form",
                        "{\"id\": \"mine\", \"components\": []}"))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("a form of the installation's, and no other");

        assertThat(count()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"timeDate", "timeDuration", "timeCycle"})
    void refusesATimeThatIsKnownWhenItIsReckonedAlone(String kind) {
        long before = count();

        for (String time : new String[] {"#{due}", "#{accessWindow.requester(execution)}"}) {
            assertThatThrownBy(() -> deploy("<userTask id='t'/><boundaryEvent id='b' attachedToRef='t'>"
                            + "<timerEventDefinition id='c'><" + kind + " xsi:type='tFormalExpression'>" + time + "</"
                            + kind + "></timerEventDefinition></boundaryEvent>"))
                    .isInstanceOf(Refusal.class)
                    .hasMessageContaining("Not published, line ");
        }

        assertThat(count()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<timeCycle xsi:type='tFormalExpression'>R/PT1M</timeCycle>",
                "<timeDuration xsi:type='tFormalExpression'>PT1H</timeDuration>",
                "<timeDate xsi:type='tFormalExpression'>2026-12-24T00:00:00Z</timeDate>"
            })
    void refusesAProcessThatTheClockStarts(String when) {
        long before = count();

        assertThatThrownBy(() -> deploy("<startEvent id='u'><timerEventDefinition id='c'>" + when
                        + "</timerEventDefinition></startEvent><sequenceFlow id='g' sourceRef='u' targetRef='t'/>"
                        + "<userTask id='t'/>"))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("(u) of try.bpmn: a process is started by a person, and never by the clock");

        assertThat(count()).isEqualTo(before);
    }

    @Test
    void refusesAPublicationForAnotherTimeThanNow() {
        long before = count();

        assertThatThrownBy(() -> world.engine()
                        .getRepositoryService()
                        .createDeployment()
                        .addString("forms/unused.form", "{\"id\": \"unused\", \"components\": []}")
                        .activateProcessDefinitionsOn(
                                java.util.Date.from(world.clock().instant().plusSeconds(3600)))
                        .deploy())
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("live at once, and at no other time");

        assertThat(count()).isEqualTo(before);
        assertThat(world.lastEntry()).contains("live at once, and at no other time");
    }

    @Test
    void takesWhatStaysWithinTheVocabulary() {
        long before = count();

        deploy("<userTask id='t' camunda:assignee='#{accessWindow.requester(execution)}'/>");

        assertThat(count()).isEqualTo(before + 1);
    }

    private static final String FORM = """
        {"id": "mine", "components": [{"type": "checkbox", "key": "informed"},
          {"type": "group", "components": [{"type": "select", "key": "choice", "validate": {"required": true},
            "values": [{"value": "yes"}, {"value": "no"}]}]}]}
        """;

    private static String branchingBehindAForm(String condition) {
        return "<userTask id='t' camunda:formKey='camunda-forms:deployment:forms/mine.form'/>"
                + "<sequenceFlow id='g' sourceRef='t' targetRef='w'/><exclusiveGateway id='w' default='d'/>"
                + "<sequenceFlow id='d' sourceRef='w' targetRef='e'/><sequenceFlow id='h' sourceRef='w' targetRef='e'>"
                + "<conditionExpression xsi:type='tFormalExpression'>" + condition
                + "</conditionExpression></sequenceFlow><endEvent id='e'/>";
    }

    @ParameterizedTest
    @ValueSource(strings = {"#{informed}", "#{not informed}", "#{choice == 'yes' or informed == false}"})
    void takesConditionsOnWhatAFormOfOnesOwnAsks(String condition) {
        long before = count();

        deploy(branchingBehindAForm(condition), "forms/mine.form", FORM);

        assertThat(count()).isEqualTo(before + 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"#{informd}", "#{choice == 'yse'}", "#{choice}", "#{informed == 'yes'}"})
    void refusesConditionsOnWhatAFormOfOnesOwnDoesNotAsk(String condition) {
        long before = count();

        assertThatThrownBy(() -> deploy(branchingBehindAForm(condition), "forms/mine.form", FORM))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("Not published, line ");

        assertThat(count()).isEqualTo(before);
    }

    private static String form(String field) {
        return "{\"id\": \"mine\", \"components\": [\n  {\"type\": \"text\", \"text\": \"Please say\"},\n  " + field
                + "]}";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type': 'number', 'key': 'note'} : is the note on record, which is a text",
                "{'type': 'textfield', 'key': 'asked'} : is called as something of the product's own",
                "{'type': 'textfield', 'key': 'accessWindow'} : is called as something of the product's own",
                "{'type': 'textfield', 'key': 'grantAccess'} : is called as something of the product's own",
                "{'type': 'checklist', 'key': 'several'} : is of a kind that no variable can be made of, 'checklist'",
                "{'type': 'taglist', 'key': 'several'} : is of a kind that no variable can be made of, 'taglist'",
                "{'type': 'expression', 'key': 'x'} : is of a kind that no variable can be made of, 'expression'",
                "{'type': 'filepicker', 'key': 'x'} : is of a kind that no variable can be made of, 'filepicker'",
                "{'type': 'anything', 'key': 'x'} : is of a kind that no variable can be made of, 'anything'",
                "{'key': 'x'} : is of a kind that no variable can be made of, ''",
                "{'type': 'dynamiclist', 'path': 'all', 'components': [{'type': 'textfield', 'key': 'x'}]} : or is"
                        + " asked for several times",
                "{'type': 'group', 'path': 'one', 'components': [{'type': 'textfield', 'key': 'x'}]} : or is asked for"
                        + " several times",
                "{'type': 'select', 'key': 'x'} : has no options that are written out",
                "{'type': 'select', 'key': 'x', 'valuesKey': 'all'} : has no options that are written out",
                "{'type': 'radio', 'key': 'x', 'values': [{'value': {'a': 1}}]} : has no options that are written out",
                "{'type': 'textfield', 'key': 'a.b'} : is called by more than letters, digits and '_'",
                "{'type': 'textfield', 'key': 'x'}, {'type': 'textfield', 'key': 'x'} : is there already, in line 3"
            })
    void refusesAFieldThatCouldNeverBeFilledInOrTakenForWhatItIs(String tried) {
        String[] both = tried.split(" : ", 2);
        long before = count();

        assertThatThrownBy(() -> deploy(
                        "<userTask id='t' camunda:formKey='camunda-forms:deployment:forms/mine.form'/>",
                        "forms/mine.form",
                        form(both[0].replace('\'', '"'))))
                .isInstanceOf(Refusal.class)
                .hasMessageStartingWith("Not published, line 3 of forms/mine.form: the field '")
                .hasMessageContaining(both[1]);

        assertThat(count()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type': 'textarea', 'key': 'note'}",
                "{'type': 'number', 'key': 'field_1a2b'}",
                "{'type': 'datetime', 'key': 'when', 'subtype': 'date'}",
                "{'type': 'group', 'components': [{'type': 'radio', 'key': 'x', 'values': [{'value': 'a'}]}]}",
                "{'type': 'button', 'key': 'send', 'action': 'submit'}"
            })
    void takesAFormWithWhatCanBeFilledIn(String field) {
        long before = count();

        deploy(
                "<userTask id='t' camunda:formKey='camunda-forms:deployment:forms/mine.form'/>",
                "forms/mine.form",
                form(field.replace('\'', '"')));

        assertThat(count()).isEqualTo(before + 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type': 'textfield', 'key': 'x'} : #{x == 'a'} : may be left empty: line 3 of forms/mine.form",
                "{'type': 'textfield', 'key': 'x', 'validate': {'required': true}, 'conditional': {'hide': '=a'}} :"
                        + " #{x == 'a'} : may be left empty",
                "{'type': 'number', 'key': 'x', 'disabled': true, 'validate': {'required': true}} : #{x == 1} : may be"
                        + " left empty",
                "{'type': 'textfield', 'key': 'note', 'validate': {'required': true}} : #{note == 'x'} : is a note on"
                        + " record, and no variable",
                "{'type': 'datetime', 'key': 'x', 'validate': {'required': true}} : #{x == '2026'} : compares x, which"
                        + " is a moment, with '2026'"
            })
    void refusesAConditionOnAFieldThatNeedNotBeThereOrCannotBeCompared(String tried) {
        String[] parts = tried.split(" : ", 3);
        long before = count();

        assertThatThrownBy(() ->
                        deploy(branchingBehindAForm(parts[1]), "forms/mine.form", form(parts[0].replace('\'', '"'))))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("of try.bpmn: the expression " + parts[1])
                .hasMessageContaining(parts[2]);

        assertThat(count()).isEqualTo(before);
    }

    @Test
    void refusesAFieldThatIsCalledAsWhatALoopCountsByOrIsOfAnotherKindElsewhere() {
        String asks = "<userTask id='t' camunda:formKey='camunda-forms:deployment:forms/mine.form'>%s</userTask>";

        assertThatThrownBy(() -> deploy(
                        asks.formatted("<multiInstanceLoopCharacteristics camunda:collection="
                                + "'#{approvalLevels.indexes(execution)}' camunda:elementVariable='choice'/>"),
                        "forms/mine.form",
                        FORM))
                .hasMessageContaining("(t) of try.bpmn: the field 'choice' of its form is called as what something");
        assertThatThrownBy(() -> world.engine()
                        .getRepositoryService()
                        .createDeployment()
                        .addString("a.form", form("{\"type\": \"number\", \"key\": \"x\"}"))
                        .addString("b.form", form("{\"type\": \"textfield\", \"key\": \"x\"}"))
                        .addString(
                                "try.bpmn",
                                "<definitions xmlns='http://www.omg.org/spec/BPMN/20100524/MODEL'"
                                        + " xmlns:camunda='http://camunda.org/schema/1.0/bpmn' targetNamespace='try'>"
                                        + "<process id='try' isExecutable='true' camunda:historyTimeToLive='P1D'>"
                                        + "<userTask id='a' camunda:formKey='camunda-forms:deployment:a.form'/>"
                                        + "<userTask id='b' camunda:formKey='camunda-forms:deployment:b.form'/>"
                                        + "</process></definitions>")
                        .deploy())
                .hasMessageContaining("(b) of try.bpmn: the field 'x' of its form is a text, and a number elsewhere");
    }

    @ParameterizedTest
    @CsvSource({
        "task_approveAccess, complete-task",
        "task_approveAccess, use-access",
        "task_answerQuestion, approve-access",
        "task_useAccess, answer-question",
        "task_inform, approve-access",
        "task_inform, answer-question",
        "task_inform, use-access",
        "task_inform, request-access"
    })
    void takesNoFormOfTheInstallationsAtAnotherPlaceThanItsOwn(String task, String form) {
        long before = count();

        assertThatThrownBy(() -> deploy(
                        "<userTask id='" + task + "' camunda:formKey='embedded:deployment:forms/" + form + ".html'/>",
                        "forms/" + form + ".html",
                        "<form></form>"))
                .isInstanceOf(Refusal.class)
                .hasMessageStartingWith("Not published, line ")
                .hasMessageContaining("(" + task + ") of try.bpmn: ");

        assertThat(count()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Inform&#10;Approved by Sami Security",
                "Inform &#x202e;noitcetorp",
                "Inform&#x200b;",
                " Inform",
                "&#x2800;",
                "Inform data protection, which is on the second floor, and wait until somebody says so"
            })
    void refusesATaskThatIsCalledByWhatCouldReadAsTheProductsOwnSentence(String name) {
        long before = count();

        for (String task : new String[] {"t", "task_approveAccess"}) {
            assertThatThrownBy(() -> deploy("<userTask id='" + task + "' name='" + name + "'/>"))
                    .isInstanceOf(Refusal.class)
                    .hasMessageContaining("(" + task + ") of try.bpmn: a task is called by one line of at most 80");
        }

        assertThat(count()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "#{accessWindow.endsAt(execution)}",
                "#{accessWindow.startsLater(execution)}",
                "#{accessWindow}",
                "#{somebody}"
            })
    void refusesAnAssigneeThatIsNobody(String who) {
        long before = count();

        assertThatThrownBy(() -> deploy("<userTask id='t' camunda:assignee='" + who + "'/>"))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("Not published, line ");

        assertThat(count()).isEqualTo(before);
    }

    @Test
    void offersExpressionsOnlyTheBeansThatAreMeantForThem() {
        var beans = ((org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl)
                        world.engine().getProcessEngineConfiguration())
                .getBeans();
        assertThat(beans.containsKey("grantAccess")).isTrue();
        assertThat(beans.containsKey("accessWindow")).isTrue();
        for (String other : new String[] {"dataSource", "endAccess", "grants", "environment", "embeddedPostgres"}) {
            assertThat(beans.containsKey(other)).as(other).isFalse();
        }
    }

    private long count() {
        return world.engine().getRepositoryService().createDeploymentQuery().count();
    }
}
