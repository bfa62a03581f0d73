import type { RehearsalResult, RehearsedLevels } from '#contract/standard';
import { formatBeijingTime } from '#protocols/hj212';

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
  /** The incidents one by one, as many as the server tells: the delays are of those. */
  readonly cases: RehearsalResult['incidents']['rows'];
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
    cases: incidents.rows,
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
  const { scenario, readings, points, incidents, cases, current, draft, signs, elapsedMs } = figures;
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
    ...(cases.length < incidents ? [`（事件多，事件开始前后的两行只按列出的 ${cases.length} 起算）`] : []),
    ...tellMissed(cases),
    ...(bySign.length > 0 ? ['各体征的起报（红/橙/黄/蓝）', ...bySign] : ['没有体征起报']),
  ].join('\n');
}

const MISSED = 10;

/** Incidents that the version in force slept through: the first few by name. */
function tellMissed(cases: RehearsalFigures['cases']): string[] {
  const missed = cases.filter(({ current }) => current === null).toSorted((a, b) => a.from - b.from);
  if (missed.length === 0) return [];
  const rest = missed.length - MISSED;
  return [
    `现行没抓住的${rest > 0 ? `（前 ${MISSED} 起，还有 ${rest} 起）` : ''}`,
    ...missed
      .slice(0, MISSED)
      .map(({ from, text, draft }) => `  ${dayOf(from)} ${text}${draft ? '（草案抓住）' : ''}`),
  ];
}

/** `2013-09-13 16:00` in Beijing. */
function dayOf(at: number): string {
  const t = formatBeijingTime(at);
  return `${t.slice(0, 4)}-${t.slice(4, 6)}-${t.slice(6, 8)} ${t.slice(8, 10)}:${t.slice(10, 12)}`;
}

const levelsText = (levels: RehearsedLevels): string => LEVELS.map(([level]) => levels[level]).join('/');
