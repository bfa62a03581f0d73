import { type LevelLimits, SIGN_LEVELS, type SignLevel } from '#model/standard';
import { LEVEL_TEXT } from '#model/warning';

const TIMED = [
  ['acceptSeconds', '接单'],
  ['onSiteSeconds', '到场'],
  ['feedbackSeconds', '首次反馈'],
  ['followUpSeconds', '续报'],
  ['clearSeconds', '处置销警'],
  ['closeSeconds', '结案'],
  ['verifySeconds', '误报核实'],
  ['analystReportSeconds', '研判报告'],
] as const;

/** Limits that grow shorter from a severe level to a milder one. Limits told in words are not compared. */
export function limitFaults(
  levels: Readonly<Partial<Record<SignLevel, Partial<LevelLimits>>>>,
  path: string,
) {
  return TIMED.flatMap(([key, name]) => {
    const given = SIGN_LEVELS.flatMap((level) => {
      const value = levels[level]?.[key];
      return typeof value === 'number' ? [{ level, value }] : [];
    });
    return given.flatMap(({ level, value }, i) => {
      const severer = given[i - 1];
      if (severer === undefined || value >= severer.value) return [];
      return [
        {
          path: `${path}.${level}.${key}`,
          message: `${name}时限须随等级降低而放宽：${LEVEL_TEXT[severer.level]} ${severer.value} 秒，${LEVEL_TEXT[level]}反而只有 ${value} 秒。`,
        },
      ];
    });
  });
}
