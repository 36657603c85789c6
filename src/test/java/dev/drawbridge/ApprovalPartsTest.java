package dev.drawbridge;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The parts of {@code approval}: what the process calls, what Tasklist shows and what HTTP calls stand on the case. */
class ApprovalPartsTest {
    private static final String CASE = "dev.drawbridge.approval";
    /** What has happened, the records that tell of it, and what others may ask or have done. */
    private static final Set<String> OPEN_TO_OTHERS = Set.of(
            "ApprovalEscalated",
            "ApprovalGiven",
            "ApprovalLapsed",
            "ApproversChanged",
            "ApproversReminded",
            "HandedBack",
            "HandedOver",
            "LevelOpened",
            "QuestionAnswered",
            "QuestionAsked",
            "QuestionLapsed",
            "RequestEnded",
            "Approval",
            "Asked",
            "Escalation",
            "OpenLevel",
            "OwnTask",
            "OwnTaskDone",
            "OwnTaskGone",
            "OwnTaskOpened",
            "Question",
            "Scope",
            "AskedAnew",
            "ToDo",
            "Asks",
            "Boards",
            "Clearance",
            "RequestEnds",
            "Waiting",
            "WithdrawRequest");

    private static final JavaClasses PRODUCT = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.drawbridge");

    @ParameterizedTest
    @ValueSource(strings = {"process", "tasks", "web"})
    void standOnTheCaseAndOnNoOtherPart(String part) {
        classes()
                .that(resideInAPackage(CASE + "." + part))
                .should()
                .onlyDependOnClassesThat(not(resideInAPackage(CASE + ".."))
                        .or(resideInAPackage(CASE))
                        .or(resideInAPackage(CASE + "." + part)))
                .check(PRODUCT);
    }

    @Test
    void areNotKnownToTheCase() {
        noClasses()
                .that(resideInAPackage(CASE))
                .should()
                .dependOnClassesThat(resideInAPackage(CASE + ".*.."))
                .check(PRODUCT);
    }

    /** What decides on a case is public for its own parts alone. */
    @Test
    void tellOthersWhatHasHappenedAndLetNobodyElseDecide() {
        noClasses()
                .that(not(resideInAPackage(CASE + "..")))
                .should()
                .dependOnClassesThat(
                        resideInAPackage(CASE).and(describe("are for its own parts alone", ApprovalPartsTest::isInner)))
                .check(PRODUCT);
    }

    private static boolean isInner(JavaClass used) {
        return !OPEN_TO_OTHERS.contains(used.getEnclosingClass().orElse(used).getSimpleName());
    }
}
