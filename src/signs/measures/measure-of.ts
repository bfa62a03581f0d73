import { Agreeing } from './agreeing.ts';
import { Anomaly } from './anomaly.ts';
import { Deviation } from './deviation.ts';
import { Duration } from './duration.ts';
import { Forecast } from './forecast.ts';
import type { Measure } from './measure.ts';
import { Rarity } from './rarity.ts';
import { Rate } from './rate.ts';
import type { ReadyMeasure } from './ready-measure.ts';
import { rolling } from './rolling.ts';

/** Measures that remember what went before, by kind. */
type Remembering = Exclude<ReadyMeasure['kind'], 'value' | 'silence' | 'points' | 'fire-weather'>;

const MAKERS: {
  readonly [K in Remembering]: (measure: Extract<ReadyMeasure, { kind: K }>) => Measure;
} = {
  rolling: ({ statistic, windowMs }) => rolling(statistic, windowMs),
  rate: ({ windowMs }) => new Rate(windowMs),
  duration: ({ past, direction }) => new Duration(past, direction),
  deviation: ({ weeks, as }) => new Deviation(weeks, as),
  forecast: ({ windowMs, past, direction }) => new Forecast(windowMs, past, direction),
  anomaly: ({ windowMs }) => new Anomaly(windowMs),
  agreeing: ({ by, side, inner }) => new Agreeing(measureOf(inner), by, side),
  rarity: ({ learnMs }) => new Rarity(learnMs),
};

/**
 * The memory of one measure at one point; undefined where the reading itself is compared, where silence is what counts,
 * where an index is made once a day, and where the points of an object are counted together.
 */
export function measureOf(measure: ReadyMeasure): Measure | undefined {
  const { kind } = measure;
  if (kind === 'value' || kind === 'silence' || kind === 'points' || kind === 'fire-weather')
    return undefined;
  return (MAKERS[kind] as (measure: ReadyMeasure) => Measure)(measure);
}
