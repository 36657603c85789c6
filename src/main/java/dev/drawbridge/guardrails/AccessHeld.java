package dev.drawbridge.guardrails;

import java.util.List;

/** Knows the access that people hold now; the grants downstream implement it. */
public interface AccessHeld {
    List<HeldAccess> heldBy(String person);
}
