package dev.drawbridge.audit;

import dev.drawbridge.catalog.WallClocks;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What auditors ask, one call each. */
@RestController("auditQuestionResource")
@RequestMapping("/api/v1/audit-questions")
@Tag(name = "Record")
class QuestionResource {
    private final AuditQuestions questions;
    private final WallClocks clocks;

    QuestionResource(AuditQuestions questions, WallClocks clocks) {
        this.questions = questions;
        this.clocks = clocks;
    }

    @GetMapping
    @Operation(summary = "The questions that can be asked, and what each needs; for auditors, operators and security")
    List<AuditQuestions.Question> all() {
        return questions.all();
    }

    @GetMapping("/{name}")
    @Operation(summary = "The answer to one question, newest first; `next` goes into `after`")
    AuditQuestions.Answer answer(
            @PathVariable String name,
            @ParameterObject @ModelAttribute AuditQuestions.Said said,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(defaultValue = "50") int size) {
        RecordReaders.require();
        return questions.ask(name, said, after, size, clocks.ofReader().clock());
    }
}
