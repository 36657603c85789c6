package dev.drawbridge.process;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.FilterChain;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockServletContext;

/** The engine's pages and their headers name one nonce, whoever else calls meanwhile. */
class OwnNonceTest {
    private static final String NONCE = "org.camunda.bpm.csp.nonce";

    private final MockServletContext shared = new MockServletContext();

    private void call(FilterChain chain) {
        try {
            new OwnNonce().doFilter(new MockHttpServletRequest(shared), new MockHttpServletResponse(), chain);
        } catch (Exception failed) {
            throw new AssertionError(failed);
        }
    }

    @Test
    void keepsTheNonceOfAPageThoughAnotherCallComesInBetween() {
        call((page, answer) -> {
            page.getServletContext().setAttribute(NONCE, "the page's");
            call((other, itsAnswer) -> other.getServletContext().setAttribute(NONCE, "the other's"));

            assertThat(page.getServletContext().getAttribute(NONCE)).isEqualTo("the page's");
        });
        assertThat(shared.getAttribute(NONCE)).isNull();
    }

    @Test
    void leavesEverythingElseWithTheContextOfAll() {
        call((page, answer) -> page.getServletContext().setAttribute("another", "shared"));

        assertThat(shared.getAttribute("another")).isEqualTo("shared");
        call((page, answer) ->
                assertThat(page.getServletContext().getAttribute("another")).isEqualTo("shared"));
    }
}
