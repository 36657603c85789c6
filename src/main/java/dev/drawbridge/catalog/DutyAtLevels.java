package dev.drawbridge.catalog;

import org.springframework.stereotype.Component;

/**
 * Holds {@code levels.yaml} against {@code on-call.yaml}: a level that asks whoever has duty by a rota that is none would
 * ask its groups at once, and nobody would hear of it.
 */
@Component
class DutyAtLevels {
    private static final String NONE = "none";

    DutyAtLevels(RuleFiles files, LevelDefinitions levels, OnCall onCall) {
        for (int number = 0; number < levels.inOrder().size(); number++) {
            LevelDefinition level = levels.inOrder().get(number);
            boolean onDuty = level.of() == LevelDefinition.Source.ON_CALL;
            if (onDuty && onCall.people(level.schedule()).isEmpty()) {
                throw files.wrong(
                        "levels.yaml",
                        "there is no rota '" + level.schedule() + "' in rules/on-call.yaml.",
                        "levels",
                        number,
                        "schedule");
            }
            if (!onDuty && !level.schedule().equals(NONE)) {
                throw files.wrong(
                        "levels.yaml",
                        "only a level of ON_CALL goes by a rota; write 'none'.",
                        "levels",
                        number,
                        "schedule");
            }
        }
    }
}
