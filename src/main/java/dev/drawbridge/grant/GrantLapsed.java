package dev.drawbridge.grant;

import java.util.UUID;

/** Access that was decided on may not be given any more, before its target had given it; published where that is found out. */
public record GrantLapsed(UUID requestId, String why) {}
