package dev.drawbridge.request;

/** Where a request can be; what it is by {@code access_request_now}. */
enum RequestState {
    PENDING_APPROVAL,
    SCHEDULED,
    PROVISIONING,
    ACTIVE,
    REVOKING,
    ENDED
}
