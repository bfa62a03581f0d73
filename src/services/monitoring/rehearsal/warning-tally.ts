import { toBeijing } from '#base';
import type { CaseKind } from '#contract/standard';
import { takeNews, type WarningDraft } from '#workflow';

import type { RehearsedChange } from './judged-objects.ts';

const HOUR_MS = 3_600_000;

/** Warnings by their highest level: blue, yellow, orange, red. */
export type ByLevel = [number, number, number, number];

/** Something that is known to have happened, or to have been a false alarm; epoch ms. */
export interface KnownCase {
  readonly id: number;
  /** Null: any object of the scenario. */
  readonly object: number | null;
  readonly item: string | null;
  readonly kind: CaseKind;
  readonly from: number;
  readonly to: number;
}

/** The first warning that stood while a case was going on. */
export interface CaughtBy {
  readonly openedAt: number;
  readonly level: number;
  readonly object: number;
  readonly item: string;
}

interface Rehearsed {
  readonly object: number;
  readonly item: string;
  readonly draft: WarningDraft;
}

interface Effort {
  readonly warnings: ByLevel;
  /** How long they stood, together (ms), by level. */
  readonly standing: ByLevel;
}

/** Counts what a standard would have raised, as warnings: one open per object and item, its level the highest of its signs. */
export class WarningTally {
  readonly byLevel: ByLevel = [0, 0, 0, 0];
  readonly alarms = new Map<string, ByLevel>();
  readonly objects = new Map<number, Effort>();
  readonly items = new Map<string, Effort>();
  /** Hours of the day in Beijing at which warnings opened. */
  readonly hours: readonly ByLevel[] = Array.from({ length: 24 }, (): ByLevel => [0, 0, 0, 0]);
  /** Still standing at the end. */
  open = 0;
  readonly caught = new Map<number, CaughtBy>();
  /** Warnings that stood while none of the incidents went on. */
  outside = 0;
  readonly #cases: ReadonlyMap<number | null, readonly KnownCase[]>;
  readonly #open = new Map<string, Rehearsed>();

  constructor(cases: readonly KnownCase[]) {
    this.#cases = Map.groupBy(cases, ({ object }) => object);
  }

  /** Takes changes in, in the order of their moments. */
  take(changes: readonly RehearsedChange[]): void {
    for (const change of changes) {
      if (change.fromLevel === 0) count(of(this.alarms, change.sign, none), change.toLevel);
      const key = `${change.object} ${change.item}`;
      const before = this.#open.get(key);
      const draft = takeNews(before?.draft, {
        alarm: change.binding,
        toLevel: change.toLevel,
        at: change.at,
        reason: '',
      });
      if (!draft) continue;
      const { object, item } = change;
      const warning = before ?? { object, item, draft };
      if (draft.level > 0) this.#open.set(key, warning);
      else {
        this.#open.delete(key);
        this.#end(warning, change.at);
      }
    }
  }

  /** The objects at hand have no more readings: what stands is counted up to `at` (epoch ms). */
  finish(at: number): void {
    for (const warning of this.#open.values()) {
      this.open += 1;
      this.#end(warning, at);
    }
    this.#open.clear();
  }

  #end(warning: Rehearsed, at: number): void {
    const { object, item, draft } = warning;
    const { peakLevel, openedAt } = draft;
    count(this.byLevel, peakLevel);
    const hour = this.hours[Math.floor(toBeijing(openedAt).msOfDay / HOUR_MS)];
    if (hour) count(hour, peakLevel);
    for (const effort of [of(this.objects, object, noEffort), of(this.items, item, noEffort)]) {
      count(effort.warnings, peakLevel);
      count(effort.standing, peakLevel, at - openedAt);
    }
    const met = [...(this.#cases.get(object) ?? []), ...(this.#cases.get(null) ?? [])].filter(
      (known) => (known.item ?? item) === item && openedAt <= known.to && at >= known.from,
    );
    for (const known of met) this.#catch(known, warning);
    if (!met.some(({ kind }) => kind === 'incident')) this.outside += 1;
  }

  #catch({ id }: KnownCase, { object, item, draft }: Rehearsed): void {
    const before = this.caught.get(id);
    const { openedAt, peakLevel: level } = draft;
    if (!before || openedAt < before.openedAt) this.caught.set(id, { openedAt, level, object, item });
  }
}

function count(levels: ByLevel, level: number, by = 1): void {
  const k = level - 1;
  levels[k] = (levels[k] ?? 0) + by;
}

function none(): ByLevel {
  return [0, 0, 0, 0];
}

function noEffort(): Effort {
  return { warnings: none(), standing: none() };
}

function of<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const found = map.get(key) ?? make();
  map.set(key, found);
  return found;
}
