package dev.drawbridge.request;

import dev.drawbridge.platform.CurrentSignIn;
import dev.drawbridge.platform.SignIn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tells a page whether it is worth looking again. */
@RestController
@Tag(name = "Access requests")
class NewsResource {
    private final News news;

    NewsResource(News news) {
        this.news = news;
    }

    record Fingerprint(String fingerprint) {}

    @GetMapping("/api/v1/news")
    @Operation(summary = "A fingerprint that changes with your requests and with what you are asked")
    Fingerprint now() {
        SignIn me = CurrentSignIn.require();
        return new Fingerprint(news.of(me.person(), me.groups()));
    }
}
