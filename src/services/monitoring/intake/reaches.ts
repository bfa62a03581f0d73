import type { MonitoringDesk } from '../desk.ts';
import type { OpenSource } from './open-source.ts';

/** Does a point lie where the source's platform reaches? A secret that got out must not write all over the district. */
export function reaches({ ingest }: MonitoringDesk, { reach }: OpenSource, point: number): boolean {
  const booked = ingest.book.get(point);
  if (!booked) return false;
  const { from, to, scenarios } = reach;
  return (booked.place >= from && booked.place <= to) || scenarios.includes(booked.scenario);
}
