package dev.drawbridge.approval.web;

import dev.drawbridge.platform.Refusals;
import dev.drawbridge.platform.SignIn;
import dev.drawbridge.request.AccessRequest;
import dev.drawbridge.request.AccessRequests;
import dev.drawbridge.request.RequestView;
import dev.drawbridge.request.RequestViews;
import java.util.UUID;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/** A person acts on one request by a call: trying what one cannot even see, and what is refused, goes on record. */
@Component
class Acts {
    private final AccessRequests requests;
    private final RequestViews views;
    private final Refusals refusals;

    Acts(AccessRequests requests, RequestViews views, Refusals refusals) {
        this.requests = requests;
        this.views = views;
        this.refusals = refusals;
    }

    /** Refuses who may not see it, and what {@code what} refuses; the request that was acted on. */
    AccessRequest act(SignIn signIn, UUID id, Consumer<AccessRequest> what) {
        AccessRequest request = toActOn(signIn, id);
        refusals.onRecord(signIn.person(), id, () -> what.accept(request));
        return request;
    }

    /** The request, to act on; refuses who may not see it. */
    AccessRequest toActOn(SignIn signIn, UUID id) {
        return refusals.onRecord(signIn.person(), id, () -> visible(signIn, id));
    }

    /** The request, to look at; refuses who may not see it, which is no attempt at anything. */
    AccessRequest visible(SignIn signIn, UUID id) {
        return requests.find(view(signIn, id).id()).orElseThrow();
    }

    /** How this person sees it; refuses who may not. */
    RequestView view(SignIn signIn, UUID id) {
        return views.require(signIn.person(), id);
    }

    /** What came of an act that was taken: who did it may be one whom it waits for no more. */
    RequestView outcome(SignIn signIn, UUID id) {
        return views.find(signIn.person(), id).orElseGet(() -> views.of(id));
    }
}
