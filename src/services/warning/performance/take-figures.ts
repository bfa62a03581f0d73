import type { Performance } from '#contract/warning';
import { LEVELS } from '#model/warning';
import type { Tx } from '#storage';
import type { LoadCounts } from '#workflow';

import { type CountedAlarms, countAlarms, countHeld, countStale, heldCounts } from './count-alarms.ts';
import { bucketWarnings, countFloods, type CountedWarnings, countWarnings } from './count-warnings.ts';
import type { ChosenDesk } from './desk-choice.ts';
import type { Span } from './span.ts';

/** What of a desk's stretch of time is counted, and kept as it is of a month that is over. */
export interface TakenFigures extends Pick<Performance, 'counts' | 'buckets' | 'actors'> {
  readonly load: LoadCounts;
}

const NOTHING: CountedWarnings = {
  warnings: 0,
  byLevel: { blue: 0, yellow: 0, orange: 0, red: 0 },
  simulated: 0,
  judged: 0,
  falseAlarms: 0,
  ackMedianMs: null,
  ackP95Ms: null,
};

const NO_ALARMS: CountedAlarms = { alarms: 0, topTen: 0, actors: 0, chattering: 0, worst: [] };

/** Counts each of the desks from the rows: a fixed number of statements, however many desks there are. */
export async function takeFigures(
  tx: Tx,
  desks: readonly ChosenDesk[],
  span: Span,
): Promise<ReadonlyMap<number, TakenFigures>> {
  const warnings = await countWarnings(tx, desks, span);
  const buckets = await bucketWarnings(tx, desks, span);
  const floods = await countFloods(tx, desks, span);
  const alarms = await countAlarms(tx, desks, span);
  const stale = await countStale(tx, desks, span);
  const held = await countHeld(tx, desks, span);
  const spanMs = span.until - span.from;
  return new Map(
    desks.map(({ id }) => {
      const { byLevel, simulated, ...counted } = warnings.get(id) ?? NOTHING;
      const its = (buckets.get(id) ?? []).map(({ at, warnings: n, over, peak }) => ({
        at,
        warnings: n,
        over,
        peak,
      }));
      const { worst, ...raised } = alarms.get(id) ?? NO_ALARMS;
      const load: LoadCounts = {
        ...counted,
        ...raised,
        spanMs,
        byLevel: LEVELS.map((level) => byLevel[level]),
        slotsOver: its.reduce((sum, { over }) => sum + over, 0),
        slotPeak: Math.max(0, ...its.map(({ peak }) => peak)),
        floodMs: floods.get(id) ?? 0,
        stale: stale.get(id) ?? 0,
      };
      const actors = worst.map(({ point, object, sign, n, ...rest }) => ({
        point,
        object,
        sign,
        alarms: n,
        share: n / raised.alarms,
        bursts: rest.bursts,
        fleeting: rest.fleeting,
        newest: rest.newest,
      }));
      const counts = {
        warnings: counted.warnings,
        byLevel,
        simulated,
        alarms: raised.alarms,
        held: held.get(id) ?? heldCounts([]),
      };
      return [id, { load, counts, buckets: its, actors }];
    }),
  );
}
