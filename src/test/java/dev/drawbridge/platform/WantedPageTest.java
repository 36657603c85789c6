package dev.drawbridge.platform;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.Cookie;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class WantedPageTest {
    private final WantedPage wanted = new WantedPage();

    private String leadsTo(String inTheCookie) {
        MockHttpServletRequest request = new MockHttpServletRequest("POST", "/sign-in");
        request.setCookies(new Cookie("DRAWBRIDGE-WANTED", inTheCookie));
        var saved = wanted.getRequest(request, new MockHttpServletResponse());
        return saved == null ? null : saved.getRedirectUrl();
    }

    private static String written(String page) {
        return Base64.getUrlEncoder().encodeToString(page.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void leadsToThePageThatWasWanted() {
        MockHttpServletRequest asked = new MockHttpServletRequest("GET", "/requests/42");
        asked.setQueryString("tab=trail");
        MockHttpServletResponse response = new MockHttpServletResponse();
        wanted.saveRequest(asked, response);

        Cookie cookie = response.getCookie("DRAWBRIDGE-WANTED");
        assertThat(cookie.isHttpOnly()).isTrue();
        assertThat(leadsTo(cookie.getValue())).isEqualTo("/requests/42?tab=trail");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example/requests/42",
                "//evil.example/requests/42",
                "/\\evil.example",
                "///evil.example",
                "/requests//evil.example",
                "/requests/../sign-out",
                "/requests/42\r\nSet-Cookie: x=y",
                "/api/v1/catalog",
                "/sign-in",
                "javascript:alert(1)",
                "requests/42",
                "http:/requests/42",
                ""
            })
    void leadsNowhereElseWhateverTheCookieSays(String page) {
        assertThat(leadsTo(written(page))).isNull();
    }

    @Test
    void readsNoCookieThatIsNone() {
        assertThat(leadsTo("%%%")).isNull();
        assertThat(wanted.getRequest(new MockHttpServletRequest(), new MockHttpServletResponse()))
                .isNull();
    }
}
