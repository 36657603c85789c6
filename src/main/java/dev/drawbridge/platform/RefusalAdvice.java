package dev.drawbridge.platform;

import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** The one mapping of refusals to problem details (RFC 9457). */
@RestControllerAdvice
class RefusalAdvice extends ResponseEntityExceptionHandler {
    private static final Logger log = LoggerFactory.getLogger(RefusalAdvice.class);

    @ExceptionHandler
    ResponseEntity<ProblemDetail> refused(Refusal refusal) {
        ProblemDetail problem =
                problem(HttpStatus.valueOf(refusal.kind().status()), refusal.code(), refusal.sentence());
        if (refusal.field() != null) {
            problem.setProperty("field", refusal.field());
        }
        if (refusal.request() != null) {
            problem.setProperty("request", refusal.request());
        }
        return ResponseEntity.status(problem.getStatus()).body(problem);
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> mistyped(MethodArgumentTypeMismatchException mistyped) {
        ProblemDetail problem = problem(
                HttpStatus.BAD_REQUEST,
                "invalid-" + mistyped.getName(),
                "'" + mistyped.getName() + "' cannot be read" + choices(mistyped.getRequiredType()));
        problem.setProperty("field", mistyped.getName());
        return ResponseEntity.badRequest().body(problem);
    }

    private static String choices(@Nullable Class<?> wanted) {
        return wanted == null || !wanted.isEnum()
                ? "."
                : "; it can be "
                        + Arrays.stream(wanted.getEnumConstants())
                                .map(String::valueOf)
                                .collect(Collectors.joining(", "))
                        + ".";
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> unstorable(DataAccessException failed) {
        if (String.valueOf(failed.getMessage()).contains("0x00")) {
            return ResponseEntity.badRequest()
                    .body(problem(
                            HttpStatus.BAD_REQUEST,
                            "unstorable-character",
                            "The input has a character that cannot be stored; please type it as plain text."));
        }
        return broken(failed);
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> broken(Exception broken) {
        log.error("A call failed", broken);
        return ResponseEntity.internalServerError()
                .body(
                        problem(
                                HttpStatus.INTERNAL_SERVER_ERROR,
                                "internal-error",
                                "Something went wrong on our side; nothing was granted by this call. The operators can see it in the log."));
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException unreadable,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        return ResponseEntity.badRequest()
                .body(problem(
                        HttpStatus.BAD_REQUEST, "unreadable-body", "The body is not the JSON that this call takes."));
    }

    private static ProblemDetail problem(HttpStatus status, String code, String sentence) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, sentence);
        problem.setType(URI.create("urn:drawbridge:" + code.toLowerCase(Locale.ROOT)));
        problem.setProperty("code", code);
        return problem;
    }
}
