import { isWrongClock, QUALITY, type ReadingBatch, SCRIPT_SOURCE, SUSPECT_BITS } from '#model/monitoring';
import { evaluate, type Outcome, runTimers, type SignChange } from '#signs';
import { ReadingCopy, type SignStateRow } from '#storage';

import { judgeComposites } from './composites/judge-composites.ts';
import type { FireWeatherDay } from './fire-weather/fire-weather-day.ts';
import { judgeDays } from './fire-weather/judge-days.ts';
import { followVersions, strikeVersions } from './follow-versions.ts';
import { judgeReading } from './judge-reading.ts';
import { judgeStanding } from './judge-standing.ts';
import { whyRare } from './detectors/why-rare.ts';
import type { PointBook } from './point-book.ts';

/** Rows of replay sessions carry this on top of their source (回放). */
export const REPLAY_SOURCE = 16;
const SCRIPTED = REPLAY_SOURCE + SCRIPT_SOURCE;
/** Received from devices, replayed, told by a drill's script. */
export const ROW_KINDS = 3;
/** Scenario numbers fit a byte; of each kind received and suspect. */
export const TALLY_SLOTS = 256 * ROW_KINDS * 2;

/** Which kind of row a source as it is stored makes. */
export function rowKindOf(source: number): 0 | 1 | 2 {
  if (source < REPLAY_SOURCE) return 0;
  return source === SCRIPTED ? 2 : 1;
}

/** Where a recording stands behind a reading: of sessions, but for what a script tells. */
export const isReplayed = (source: number): boolean => rowKindOf(source) === 1;

/** A reading that is not newer than what its point has: stored only if it is not there yet. */
export interface LateReading {
  readonly point: number;
  readonly observedAt: number;
  readonly value: number;
  readonly quality: number;
  readonly source: number;
  readonly session: number;
}

/** What a group of batches comes to, ready to be committed. */
export interface PreparedGroup {
  readonly receivedAt: number;
  readonly copy: ReadingCopy;
  readonly late: LateReading[];
  readonly changes: GroupChange[];
  readonly states: readonly SignStateRow[];
  /** Newest moment of the recording, per replay session. */
  readonly clocks: ReadonlyMap<number, number>;
  /** Points whose newest reading moved. */
  readonly moved: readonly number[];
  readonly tally: Tally;
  /** Days of fire weather, written with what they have raised. */
  readonly days: readonly FireWeatherDay[];
}

/** A level that changed; `why` where its facts are other signs, as a Chinese sentence. */
export type GroupChange = SignChange & { readonly session: number; readonly why: string | undefined };

/** Counts of a group: received at [2k], suspect at [2k + 1], k = scenario × {@link ROW_KINDS} + kind of row. */
export interface Tally {
  readonly counts: Float64Array;
  duplicates: number;
}

/** What is put in: readings, a tick of the clock for conditions that run out in silence, or the fire weather of days. */
export type Input =
  | { readonly kind: 'batch'; readonly batch: ReadingBatch }
  | { readonly kind: 'tick' }
  /** Points whose limits have become others: what stands there is judged now. */
  | { readonly kind: 'standing'; readonly points: readonly number[] }
  | { readonly kind: 'days'; readonly days: readonly FireWeatherDay[] };

interface Work {
  readonly book: PointBook;
  readonly now: number;
  readonly copy: ReadingCopy;
  readonly late: LateReading[];
  readonly outcome: Outcome;
  readonly moved: number[];
  readonly movedMark: Uint8Array;
  readonly clocks: Map<number, number>;
  readonly tally: Tally;
  /** Values that composite signs read: point, moment, value; point, moment … */
  readonly values: number[];
}

/**
 * Marks quality, drops plain repetitions, judges the signs: all in memory, for many batches at once. `receivedAt` is the
 * time the rows are stored under; `now` the wall clock the live rows are held against.
 */
export function prepareGroup(
  book: PointBook,
  inputs: readonly Input[],
  time: { readonly receivedAt: number; readonly now: number },
  active: Set<number>,
): PreparedGroup {
  book.composites.refresh();
  let rows = 0;
  for (const input of inputs) rows += input.kind === 'batch' ? input.batch.length : 0;
  const work: Work = {
    book,
    now: time.now,
    copy: new ReadingCopy(time.receivedAt, rows),
    late: [],
    outcome: { changes: [], touched: new Set() },
    moved: [],
    movedMark: new Uint8Array(book.newestAt.length),
    clocks: new Map(),
    tally: { counts: new Float64Array(TALLY_SLOTS), duplicates: 0 },
    values: [],
  };
  for (const input of inputs) {
    if (input.kind === 'batch') takeBatch(work, input.batch);
    else if (input.kind === 'tick') tick(work, active);
    else if (input.kind === 'standing') judgeAllStanding(work, input.points);
    else judgeDays(book, input.days, work.outcome);
  }
  const isTick = inputs.some(({ kind }) => kind === 'tick');
  const clocks = isTick ? new Map([...work.clocks, [0, time.now]]) : work.clocks;
  const reasons = judgeComposites(book, { values: work.values, clocks }, work.outcome);
  const { changes, touched } = work.outcome;
  for (const binding of touched) keepActive(book, binding, active);
  return {
    receivedAt: time.receivedAt,
    copy: work.copy,
    late: work.late,
    changes: changes.map((change) => ({
      ...change,
      session: sessionOf(book, change.binding),
      why: reasons.get(change) ?? whyRare(book, change),
    })),
    states: [...touched].map((binding) => stateRow(book, binding)),
    clocks: work.clocks,
    moved: work.moved,
    tally: work.tally,
    days: inputs.flatMap((input) => (input.kind === 'days' ? input.days : [])),
  };
}

// The one loop every reading passes: kept in one piece and free of allocation.
// oxlint-disable-next-line complexity
function takeBatch(work: Work, batch: ReadingBatch): void {
  const { book, now, copy, late, outcome, moved, movedMark, tally } = work;
  const { point, observedAt, value, quality, source, session, length } = batch;
  const { checks, elements, ownPast } = book;
  const { watched } = book.composites;
  const live = session === 0;
  const isAsked = live && !ownPast.isEmpty;
  const replay = live ? 0 : REPLAY_SOURCE;
  let clock = work.clocks.get(session) ?? Number.NEGATIVE_INFINITY;
  for (let i = 0; i < length; i += 1) {
    const p = point[i] ?? 0;
    const at = observedAt[i] ?? 0;
    const v = value[i] ?? 0;
    const from = (source[i] ?? 0) + replay;
    let q = quality[i] ?? 0;
    const e = elements.of[p] ?? 0;
    if (v < (elements.rangeMin[e] ?? 0) || v > (elements.rangeMax[e] ?? 0)) q |= QUALITY.range;
    if (live) {
      const age = now - at;
      // What somebody vouches for (补录) comes marked late: however old it is, its clock is believed.
      if (isWrongClock(age) && !(age > 0 && (q & QUALITY.late) !== 0)) q |= QUALITY.clock;
      else if (age > book.lateAfter(p)) q |= QUALITY.late;
    } else if (at > clock) clock = at;

    const newest = book.newestAt[p] ?? 0;
    // A batch that was under way when its point entered or left a replay is kept, but of another time than the point.
    if ((q & QUALITY.clock) !== 0 || at <= newest || book.session[p] !== session) {
      if (at === newest && v === book.newestValue[p]) tally.duplicates += 1;
      else late.push(lateReading(batch, i, lateMarks(checks, p, at, q)));
      continue;
    }
    if (at >= book.versions.nextAt) followVersions(book, p, at, outcome);
    q = checks.mark(p, at, v, q, v === book.newestValue[p]);
    // Sent before a version took over and heard after it: the older one judges it, and then what stands anew.
    const isBefore = at < book.versions.aheadOf && book.versions.takeBack(p, at);
    if (isBefore) book.rebind(p);
    const fresh = book.freshFor(p);
    book.advance(p, at);
    book.newestValue[p] = v;
    book.newestQuality[p] = q;
    copy.add(p, at, v, q, from);
    if (movedMark[p] === 0) {
      movedMark[p] = 1;
      moved.push(p);
    }
    const k = ((book.scenario[p] ?? 0) * ROW_KINDS + rowKindOf(from)) * 2;
    tally.counts[k] = (tally.counts[k] ?? 0) + 1;
    if ((q & SUSPECT_BITS) !== 0) {
      tally.counts[k + 1] = (tally.counts[k + 1] ?? 0) + 1;
      if (isBefore) followVersions(book, p, now, outcome);
      continue;
    }
    const isLate = (q & QUALITY.late) !== 0;
    if (watched[p] === 1 && !isLate) work.values.push(p, at, v);
    if (isAsked) ownPast.hear(p, at, v);
    judgeReading(book, p, at, v, isLate, fresh, outcome);
    if (isBefore) followVersions(book, p, now, outcome);
  }
  if (!live) work.clocks.set(session, clock);
}

/** In a replay session time comes with the data only: there the next reading tells. */
function judgeAllStanding({ book, now, outcome }: Work, points: readonly number[]): void {
  for (const point of points) if (book.session[point] === 0) judgeStanding(book, point, now, outcome);
}

function lateReading(batch: ReadingBatch, i: number, quality: number): LateReading {
  const { point, observedAt, value, source, session } = batch;
  return {
    point: point[i] ?? 0,
    observedAt: observedAt[i] ?? 0,
    value: value[i] ?? 0,
    quality,
    source: (source[i] ?? 0) + (session === 0 ? 0 : REPLAY_SOURCE),
    session,
  };
}

/** Of one that is not its point's newest. A wrong clock is not lateness: the two marks exclude each other. */
// Scalars, not an object: so many may be late at once.
// oxlint-disable-next-line max-params
function lateMarks(checks: PointBook['checks'], point: number, at: number, quality: number): number {
  const marks = checks.isServiced(point, at) ? quality | QUALITY.service : quality;
  if ((quality & QUALITY.clock) === 0) return marks | QUALITY.late;
  checks.disbelieve(point, quality);
  return marks;
}

function tick(work: Work, active: Set<number>): void {
  const { book, now, outcome } = work;
  strikeVersions(book, now, outcome);
  for (const binding of active) {
    const bound = book.bindings[binding];
    // In a replay session time comes with the data only.
    if (!bound || bound.composite || book.session[bound.point.id] !== 0) continue;
    if (bound.sign.measure.kind === 'silence') continue;
    runTimers(bound.sign, book.states, binding, now, book.freshFor(bound.point.id), outcome);
  }
  hearSilence(work);
  letLast(work);
}

/** A value that stands goes on standing, without another reading, for as long as it is fresh. */
function letLast({ book, now, outcome }: Work): void {
  for (const binding of book.lasting) {
    const bound = book.bindings[binding];
    if (!bound || book.session[bound.point.id] !== 0) continue;
    const { id } = bound.point;
    const fresh = book.freshFor(id);
    const at = Math.min(now, (book.newestAt[id] ?? Number.NEGATIVE_INFINITY) + fresh);
    const seconds = bound.measure?.later?.(at) ?? 0;
    if (seconds > 0) evaluate(bound.sign, book.states, binding, at, seconds, fresh, outcome);
  }
}

/** What has not been heard for how long; a point that never spoke is not silent yet, it is not connected. */
function hearSilence({ book, now, outcome }: Work): void {
  for (const binding of book.silences) {
    const bound = book.bindings[binding];
    if (!bound || book.session[bound.point.id] !== 0) continue;
    const newest = book.newestAt[bound.point.id] ?? Number.NEGATIVE_INFINITY;
    if (newest === Number.NEGATIVE_INFINITY) continue;
    const seconds = Math.max(0, now - newest) / 1000;
    evaluate(bound.sign, book.states, binding, now, seconds, Number.POSITIVE_INFINITY, outcome);
  }
}

function keepActive(book: PointBook, binding: number, active: Set<number>): void {
  if (book.states.isQuiet(binding)) active.delete(binding);
  else active.add(binding);
}

function sessionOf(book: PointBook, binding: number): number {
  return book.session[book.bindings[binding]?.point.id ?? 0] ?? 0;
}

/** The state as it is now: the next group may change it before this one is written. */
function stateRow(book: PointBook, binding: number): SignStateRow {
  const { states } = book;
  const bound = book.bindings[binding];
  return {
    point_id: bound?.point.id ?? 0,
    sign_id: bound?.sign.id ?? 0,
    level: states.level[binding] ?? 0,
    pending_since: [...states.pendingSince.subarray(binding * 4, binding * 4 + 4)],
    below_since: states.belowSince[binding] ?? 0,
    peak_level: states.peakLevel[binding] ?? 0,
    peak_value: states.peakValue[binding] ?? 0,
    value: states.value[binding] ?? 0,
    at: states.at[binding] ?? 0,
    alarm_id: null,
  };
}
