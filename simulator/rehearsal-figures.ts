import type { RehearsalResult, RehearsedLevels } from '#contract/standard';

/** What a standard makes of a recording. */
export interface SideFigures {
  readonly warnings: number;
  readonly byLevel: RehearsedLevels;
  /** Incidents in which a warning stood. */
  readonly caught: number;
  /** Warnings outside every known incident; null where no incident is known. */
  readonly outside: number | null;
  /** Of the incidents told one by one: those in which a warning stood already when they began. */
  readonly alreadyStood: number;
  /** From the beginning to the warning (min) of those in which it came later, the one in the middle. */
  readonly medianDelayMinutes: number | null;
  /** Hours of work of all units. */
  readonly hours: number;
}

/** A rehearsal in figures. */
export interface RehearsalFigures {
  readonly scenario: string;
  readonly readings: number;
  readonly points: number;
  readonly incidents: number;
  /** So many of the incidents are told one by one: the delays are of those. */
  readonly told: number;
  readonly current: SideFigures;
  readonly draft: SideFigures;
  readonly signs: RehearsalResult['signs'];
  readonly elapsedMs: number;
}

export function figuresOf(scenario: string, result: RehearsalResult): RehearsalFigures {
  const { incidents, readings, points, signs, elapsedMs } = result;
  return {
    scenario,
    readings,
    points,
    incidents: incidents.known,
    told: incidents.rows.length,
    current: sideOf(result, 'current'),
    draft: sideOf(result, 'draft'),
    signs,
    elapsedMs,
  };
}

function sideOf(result: RehearsalResult, side: 'current' | 'draft'): SideFigures {
  const { incidents, outside, units } = result;
  const delays = incidents.rows.flatMap((row) => {
    const caught = row[side];
    return caught ? [(caught.openedAt - row.from) / 60_000] : [];
  });
  return {
    warnings: result[side].warnings,
    byLevel: result[side].byLevel,
    caught: incidents[side],
    outside: incidents.known === 0 ? null : outside[side],
    alreadyStood: delays.filter((minutes) => minutes < 0).length,
    medianDelayMinutes: median(delays.filter((minutes) => minutes >= 0)),
    hours: Math.round(units.reduce((sum, unit) => sum + unit[side].hours, 0) * 10) / 10,
  };
}

/** The one in the middle, to one decimal; of an even number the mean of the two. */
function median(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const sorted = values.toSorted((a, b) => a - b);
  const half = (sorted.length - 1) / 2;
  const middle = ((sorted[Math.floor(half)] ?? 0) + (sorted[Math.ceil(half)] ?? 0)) / 2;
  return Math.round(middle * 10) / 10;
}

const LEVELS = [
  ['red', '红'],
  ['orange', '橙'],
  ['yellow', '黄'],
  ['blue', '蓝'],
] as const;

/** The figures as a table for people: one line a figure, in force beside the draft. */
export function tellFigures(figures: RehearsalFigures): string {
  const { scenario, readings, points, incidents, told, current, draft, signs, elapsedMs } = figures;
  const rows: [string, (side: SideFigures) => string][] = [
    ['预警（起）', ({ warnings }) => String(warnings)],
    ['其中红/橙/黄/蓝', ({ byLevel }) => levelsText(byLevel)],
    ['抓住的已知事件', ({ caught }) => (incidents === 0 ? '没有已知事件' : `${caught}/${incidents}`)],
    ['其中事件开始前预警已在', ({ alreadyStood }) => String(alreadyStood)],
    [
      '其余从开始到预警（分，中位）',
      ({ medianDelayMinutes: delay }) => (delay === null ? '—' : String(delay)),
    ],
    ['已知事件以外的预警', ({ outside }) => (outside === null ? '量不出' : String(outside))],
    ['处置工时', ({ hours }) => String(hours)],
  ];
  const lines = rows.map(([name, tell]) => `${name}\t现行 ${tell(current)}\t草案 ${tell(draft)}`);
  const bySign = signs.map(
    ({ code, name, ...side }) =>
      `  ${code} ${name}\t现行 ${levelsText(side.current)}\t草案 ${levelsText(side.draft)}`,
  );
  return [
    `${scenario}：${readings} 条读数，${points} 个监测点，推演用时 ${(elapsedMs / 1000).toFixed(1)} 秒`,
    ...lines,
    ...(told < incidents ? [`（事件多，这两行只按列出的 ${told} 起算）`] : []),
    ...(bySign.length > 0 ? ['各体征的起报（红/橙/黄/蓝）', ...bySign] : ['没有体征起报']),
  ].join('\n');
}

const levelsText = (levels: RehearsedLevels): string => LEVELS.map(([level]) => levels[level]).join('/');
