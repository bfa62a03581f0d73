import { toBeijing } from '#base';
import { isSuspect, QUALITY, qualityMarks, type Source, SOURCES } from '#model/monitoring';

import { ENTITY_SETS } from './sensorthings-entities.ts';
import { invalid } from './sensorthings-refusal.ts';
import { entityPath } from './sensorthings-path.ts';

/** A reading on its way out; moments in epoch ms, `quality` the bits of `QUALITY`, `source` an index into `SOURCES`. */
export interface ReadingFacts {
  readonly point: number;
  readonly observedAt: number;
  readonly receivedAt: number;
  readonly value: number;
  /** What was sent; absent where it is the value. */
  readonly raw?: number;
  readonly quality: number;
  readonly source: number;
}

/** An Observation as the standard writes it. `resultTime` is when the result was there for others: when it was received. */
export interface ObservationBody {
  readonly phenomenonTime: string;
  readonly resultTime: string;
  readonly result: number;
  readonly resultQuality: 'good' | 'suspect';
  readonly parameters: {
    readonly source: Source;
    readonly marks: readonly string[];
    /** What was sent, where people have corrected the result. */
    readonly raw?: number;
  };
}

export function observationBody(reading: ReadingFacts): ObservationBody {
  return {
    phenomenonTime: momentText(reading.observedAt),
    resultTime: momentText(reading.receivedAt),
    result: reading.value,
    resultQuality: isSuspect(reading.quality) ? 'suspect' : 'good',
    parameters: {
      source: SOURCES[reading.source] ?? 'iot',
      marks: [...qualityMarks(reading.quality)],
      ...((reading.quality & QUALITY.corrected) !== 0 && reading.raw !== undefined && { raw: reading.raw }),
    },
  };
}

/** A reading has no number of its own: its point and its moment are its name. */
export function observationId(point: number, observedAt: number): string {
  return `${point}_${observedAt}`;
}

/** Throws `sensorthings.invalid` for anything that is no such name. */
export function readObservationId(id: string): { readonly point: number; readonly observedAt: number } {
  const found = /^(\d{1,10})_(-?\d{1,15})$/u.exec(id);
  if (!found) throw invalid(`Observations 的编号须是“监测点号_毫秒时间戳”，不能是“${id}”`);
  return { point: Number(found[1]), observedAt: Number(found[2]) };
}

/**
 * What a subscriber of `v1.1/Datastreams(12)/Observations` is sent for a reading (OGC 18-088 §14.2). `root` is the service root, e.g.
 * `https://host/v1.1`.
 */
export function observationMessage(
  reading: ReadingFacts,
  root: string,
): { readonly topic: string; readonly payload: string } {
  const id = observationId(reading.point, reading.observedAt);
  const self = `${root}/${entityPath(ENTITY_SETS.Observations, id)}`;
  const entity = {
    '@iot.id': id,
    '@iot.selfLink': self,
    ...observationBody(reading),
    'Datastream@iot.navigationLink': `${self}/Datastream`,
    'FeatureOfInterest@iot.navigationLink': `${self}/FeatureOfInterest`,
  };
  return { topic: `v1.1/Datastreams(${reading.point})/Observations`, payload: JSON.stringify(entity) };
}

/** ISO 8601 to the millisecond, in Beijing's time. */
export function momentText(at: number): string {
  const { year, month, day, msOfDay } = toBeijing(at);
  const pad = (n: number, width = 2): string => String(Math.floor(n)).padStart(width, '0');
  const clock = `${pad(msOfDay / 3_600_000)}:${pad((msOfDay / 60_000) % 60)}:${pad((msOfDay / 1000) % 60)}`;
  return `${pad(year, 4)}-${pad(month)}-${pad(day)}T${clock}.${pad(msOfDay % 1000, 3)}+08:00`;
}
