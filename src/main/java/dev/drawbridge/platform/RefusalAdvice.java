package dev.drawbridge.platform;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
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
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** The one mapping of refusals to problem details (RFC 9457), and to pages where a browser asks. */
@RestControllerAdvice
class RefusalAdvice extends ResponseEntityExceptionHandler {
    private static final Logger log = LoggerFactory.getLogger(RefusalAdvice.class);

    @ExceptionHandler
    ResponseEntity<Object> refused(Refusal refusal, HttpServletRequest request) {
        ProblemDetail problem =
                problem(HttpStatus.valueOf(refusal.kind().status()), refusal.code(), refusal.sentence());
        if (refusal.field() != null) {
            problem.setProperty("field", refusal.field());
        }
        if (refusal.request() != null) {
            problem.setProperty("request", refusal.request());
        }
        refusal.details().forEach(problem::setProperty);
        return answered(problem, request);
    }

    @ExceptionHandler
    ResponseEntity<Object> mistyped(MethodArgumentTypeMismatchException mistyped, HttpServletRequest request) {
        ProblemDetail problem = problem(
                HttpStatus.BAD_REQUEST,
                "invalid-" + mistyped.getName(),
                "'" + mistyped.getName() + "' cannot be read" + choices(mistyped.getRequiredType()));
        problem.setProperty("field", mistyped.getName());
        return answered(problem, request);
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
    ResponseEntity<Object> unstorable(
            DataAccessException failed, HttpServletRequest request, HttpServletResponse response) throws Exception {
        if (String.valueOf(failed.getMessage()).contains("0x00")) {
            return answered(
                    problem(
                            HttpStatus.BAD_REQUEST,
                            "unstorable-character",
                            "The input has a character that cannot be stored; please type it as plain text."),
                    request);
        }
        return broken(failed, request, response);
    }

    /** What is half answered cannot be answered otherwise: it is cut short, so that nobody takes it for the whole. */
    @ExceptionHandler
    ResponseEntity<Object> broken(Exception broken, HttpServletRequest request, HttpServletResponse response)
            throws Exception {
        if (response.isCommitted()) {
            throw broken;
        }
        log.error("A call failed", broken);
        return answered(
                problem(
                        HttpStatus.INTERNAL_SERVER_ERROR,
                        "internal-error",
                        "Something went wrong on our side; nothing was granted by this call. The operators can see it in the log."),
                request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException unreadable,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        return createResponseEntity(
                problem(HttpStatus.BAD_REQUEST, "unreadable-body", "The body is not the JSON that this call takes."),
                headers,
                status,
                request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleNoResourceFoundException(
            NoResourceFoundException missing, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return createResponseEntity(
                problem(HttpStatus.NOT_FOUND, "nothing-here", "There is nothing at this address."),
                headers,
                status,
                request);
    }

    @Override
    protected ResponseEntity<Object> createResponseEntity(
            @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest call) {
        HttpServletRequest request = ((ServletWebRequest) call).getRequest();
        if (!ErrorPage.isWantedBy(request)) {
            return new ResponseEntity<>(body, headers, status);
        }
        return ResponseEntity.status(status)
                .headers(headers)
                .contentType(ErrorPage.mediaType())
                .body(ErrorPage.of(
                        request, status.value(), body instanceof ProblemDetail problem ? problem.getDetail() : null));
    }

    private ResponseEntity<Object> answered(ProblemDetail problem, HttpServletRequest request) {
        return createResponseEntity(
                problem,
                new HttpHeaders(),
                HttpStatusCode.valueOf(problem.getStatus()),
                new ServletWebRequest(request));
    }

    private static ProblemDetail problem(HttpStatus status, String code, String sentence) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, sentence);
        problem.setType(URI.create("urn:drawbridge:" + code.toLowerCase(Locale.ROOT)));
        problem.setProperty("code", code);
        return problem;
    }
}
