import type { RehearsalResult, RehearsedLevels } from '#contract/standard';
import type { StandardFile } from '#model/standard';
import { LEVELS, levelOf } from '#model/warning';

import type { EffortGround, EffortOf } from './effort.ts';
import type { ToldCase } from './known-cases.ts';
import type { LoadedPlan } from './load-plan.ts';
import type { Rehearsed, RehearsedSide } from './run-rehearsal.ts';
import type { ByLevel, WarningTally } from './warning-tally.ts';

const OBJECT_ROWS = 50;
const CASE_ROWS = 200;
const HOUR_MS = 3_600_000;

interface Beside {
  readonly draft: RehearsedLevels;
  readonly current: RehearsedLevels;
}

/** What people see of a rehearsal: the draft's counts beside those of the version in force. */
export function summarise(
  plan: LoadedPlan,
  rehearsed: Rehearsed,
  effortOf: EffortOf,
  elapsedMs: number,
): RehearsalResult {
  const { draft, current, readings, judgedMs } = rehearsed;
  const tallies = { draft: draft.tally, current: current.tally };
  const documents = [plan.draft, plan.current];
  const signs = new Map(
    documents.flatMap(({ signs: plain, composites = [] }) =>
      [...plain, ...composites].map(({ code, name }) => [code, name] as const),
    ),
  );
  const items = new Map(documents.flatMap((one) => one.items.map(({ code, name }) => [code, name])));
  const objects = objectRows(plan, tallies);
  const efforts = {
    draft: unitHours(plan.draft, draft.tally, effortOf),
    current: unitHours(plan.current, current.tally, effortOf),
  };
  return {
    readings,
    points: plan.points.length,
    objects: new Set(plan.points.map(({ objectId }) => objectId)).size,
    judgedMs: Math.round(judgedMs),
    elapsedMs: Math.round(elapsedMs),
    draft: showSide(draft, signs),
    current: showSide(current, signs),
    towns: townRows(plan, tallies),
    hours: tallies.draft.hours.map((hour, n) => ({
      draft: levels(hour),
      current: levels(tallies.current.hours[n]),
    })),
    objectRows: objects.slice(0, OBJECT_ROWS),
    moreObjects: Math.max(0, objects.length - OBJECT_ROWS),
    items: besides(itemLevels(tallies.draft), itemLevels(tallies.current), items),
    signs: besides(tallies.draft.alarms, tallies.current.alarms, signs),
    incidents: held(plan, 'incident', tallies),
    outside: { draft: draft.tally.outside, current: current.tally.outside },
    falseAlarms: held(plan, 'false-alarm', tallies),
    units: unitRows(efforts.draft.units, efforts.current.units),
    grounds: countGrounds([...efforts.draft.grounds, ...efforts.current.grounds]),
  };
}

interface Tallies {
  readonly draft: WarningTally;
  readonly current: WarningTally;
}

function showSide(
  { tally, conditions, switchedOff }: RehearsedSide,
  names: ReadonlyMap<string, string>,
): RehearsalResult['draft'] {
  return {
    warnings: total(levels(tally.byLevel)),
    byLevel: levels(tally.byLevel),
    open: tally.open,
    conditions,
    switchedOff: [...switchedOff].map(([sign, points]) => ({ sign, name: names.get(sign) ?? sign, points })),
  };
}

function levels(counts: ByLevel | undefined): RehearsedLevels {
  const [blue = 0, yellow = 0, orange = 0, red = 0] = counts ?? [];
  return { blue, yellow, orange, red };
}

function total({ blue, yellow, orange, red }: RehearsedLevels): number {
  return blue + yellow + orange + red;
}

function most({ draft, current }: Beside): number {
  return Math.max(total(draft), total(current));
}

function itemLevels({ items }: WarningTally): ReadonlyMap<string, ByLevel> {
  return new Map([...items].map(([code, { warnings }]) => [code, warnings]));
}

/** Both sides by code, those with the most first. */
function besides(
  draft: ReadonlyMap<string, ByLevel>,
  current: ReadonlyMap<string, ByLevel>,
  names: ReadonlyMap<string, string>,
): RehearsalResult['items'] {
  return [...new Set([...draft.keys(), ...current.keys()])]
    .map((code) => ({
      code,
      name: names.get(code) ?? code,
      draft: levels(draft.get(code)),
      current: levels(current.get(code)),
    }))
    .toSorted((a, b) => most(b) - most(a) || a.code.localeCompare(b.code));
}

function objectRows({ objects }: LoadedPlan, { draft, current }: Tallies): RehearsalResult['objectRows'] {
  return [...new Set([...draft.objects.keys(), ...current.objects.keys()])]
    .flatMap((id) => {
      const object = objects.get(id);
      if (!object) return [];
      const { code, name, town } = object;
      const beside = {
        draft: levels(draft.objects.get(id)?.warnings),
        current: levels(current.objects.get(id)?.warnings),
      };
      return [{ id, code, name, town, ...beside }];
    })
    .toSorted((a, b) => most(b) - most(a) || a.id - b.id);
}

function townRows({ objects }: LoadedPlan, tallies: Tallies): RehearsalResult['towns'] {
  const towns = new Map<string | null, RehearsalResult['towns'][number]>();
  for (const side of ['draft', 'current'] as const) {
    for (const [id, { warnings }] of tallies[side].objects) {
      const { townCode: code = null, town = null } = objects.get(id) ?? {};
      const row = towns.get(code) ?? {
        code,
        name: town ?? '街镇不明',
        draft: levels(undefined),
        current: levels(undefined),
      };
      const own = levels(warnings);
      for (const level of LEVELS) row[side][level] += own[level];
      towns.set(code, row);
    }
  }
  return [...towns.values()].toSorted((a, b) => most(b) - most(a) || a.name.localeCompare(b.name, 'zh'));
}

/** How the known cases of a kind fare: those that no warning of the draft stood in come first. */
function held(
  { cases, objects }: LoadedPlan,
  kind: ToldCase['kind'],
  { draft, current }: Tallies,
): RehearsalResult['incidents'] {
  const known = cases.filter((one) => one.kind === kind);
  const caught = (tally: WarningTally, id: number) => {
    const by = tally.caught.get(id);
    const level = by && levelOf(by.level);
    return by && level
      ? { level, openedAt: by.openedAt, object: objects.get(by.object)?.name ?? '', item: by.item }
      : null;
  };
  const rows = known.map(({ id, text, object, from, to }) => ({
    text,
    object: object === null ? null : (objects.get(object)?.name ?? null),
    from,
    to,
    draft: caught(draft, id),
    current: caught(current, id),
  }));
  const differs = (row: (typeof rows)[number]) => Number((row.draft === null) !== (row.current === null));
  return {
    known: rows.length,
    draft: rows.filter((row) => row.draft !== null).length,
    current: rows.filter((row) => row.current !== null).length,
    rows: rows.toSorted((a, b) => differs(b) - differs(a) || a.from - b.from).slice(0, CASE_ROWS),
  };
}

interface Hours {
  readonly units: ReadonlyMap<string, { readonly warnings: number; readonly ms: number }>;
  readonly grounds: readonly EffortGround[];
}

function unitHours(document: StandardFile, { items }: WarningTally, effortOf: EffortOf): Hours {
  const units = new Map<string, { warnings: number; ms: number }>();
  const grounds: EffortGround[] = [];
  for (const [item, { warnings, standing }] of items) {
    LEVELS.forEach((level, k) => {
      const n = warnings[k] ?? 0;
      if (n === 0) return;
      const effort = effortOf(document, { item, level, standingMs: (standing[k] ?? 0) / n });
      const unit = units.get(effort.unit) ?? { warnings: 0, ms: 0 };
      unit.warnings += n;
      unit.ms += n * effort.ms;
      units.set(effort.unit, unit);
      grounds.push(effort.ground);
    });
  }
  return { units, grounds };
}

function unitRows(draft: Hours['units'], current: Hours['units']): RehearsalResult['units'] {
  const show = (units: Hours['units'], unit: string) => {
    const { warnings, ms } = units.get(unit) ?? { warnings: 0, ms: 0 };
    return { warnings, hours: Math.round((ms / HOUR_MS) * 10) / 10 };
  };
  return [...new Set([...draft.keys(), ...current.keys()])]
    .map((unit) => ({ unit, draft: show(draft, unit), current: show(current, unit) }))
    .toSorted((a, b) => Math.max(b.draft.hours, b.current.hours) - Math.max(a.draft.hours, a.current.hours));
}

function countGrounds(grounds: readonly EffortGround[]): RehearsalResult['grounds'] {
  const count = { measured: 0, limit: 0, standing: 0 };
  for (const ground of grounds) count[ground] += 1;
  return count;
}
