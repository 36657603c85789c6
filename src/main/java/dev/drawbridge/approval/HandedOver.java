package dev.drawbridge.approval;

import java.util.UUID;

/** Event: an approver handed a request over to a stand-in, in the transaction that publishes this. */
public record HandedOver(UUID requestId, String levelName, String from, String to) {}
