package dev.drawbridge.guardrails;

import java.util.Optional;

/** Knows by which rules each publication judges. */
interface RulesByNumber {
    /**
     * None where there is no such publication; throws {@link dev.drawbridge.catalog.RulesException} where this release does not
     * understand its files.
     */
    Optional<Ruleset> find(long publication);
}
