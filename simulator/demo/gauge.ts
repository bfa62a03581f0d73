import type { ScenarioCode } from '#model/platform';

import type { Curve } from './curve.ts';

/** A simulated object; its name always begins with 模拟·. */
export interface DemoObject {
  readonly code: string;
  readonly name: string;
  readonly scenario: ScenarioCode;
  readonly lat: number;
  readonly lon: number;
  readonly town: string;
}

/** A simulated point with the curve it follows. */
export interface Gauge {
  readonly point: string;
  readonly object: DemoObject;
  readonly element: string;
  /** Code of the device it hangs on. */
  readonly device: string;
  /** Set for gauges of an HJ 212 logger: factor code, and how many of the factor's units make one of the element's. */
  readonly factor?: { readonly code: string; readonly perUnit: number };
  /** Seconds between readings; gauges send more often when it matters. */
  readonly every: Curve;
  readonly value: Curve;
}

/** A town with the centre of its territory, WGS 84. */
export interface Town {
  readonly code: string;
  readonly name: string;
  readonly lat: number;
  readonly lon: number;
}

/** `01`, `02` … */
export const two = (n: number): string => String(n).padStart(2, '0');

/** A place some hundred metres from a town's centre, the same every time, so that marks do not hide one another. */
export function near(
  town: Town,
  k: number,
): { readonly lat: number; readonly lon: number; readonly town: string } {
  const angle = k * 2.399963;
  const radius = 0.003 + 0.0016 * Math.sqrt(k);
  const round = (degrees: number): number => Math.round(degrees * 1e5) / 1e5;
  return {
    lat: round(town.lat + radius * Math.sin(angle)),
    lon: round(town.lon + radius * Math.cos(angle)),
    town: town.code,
  };
}
