import { september, type Knot, lines, swells } from './curve.ts';

/**
 * Typhoon Pulasan (普拉桑), 18–20 September 2024, as the press told it (catalog §7 item 5): these moments are documented,
 * the curves that lead to them are made up by us.
 */
export const DOCUMENTED = {
  typhoonBlue: september('18 14:00'),
  tideBlue: september('18 14:30'),
  tideYellow: september('19 17:00'),
  rainOrange: september('20 07:49'),
  underpassesClosed: september('20 08:00'),
  closed: 28,
  reopened: 6,
} as const;

export const STORY_NAME = '演示：台风普拉桑 2024-09-18 至 20';
/** A newcomer waits half an hour of the story, some eleven seconds, for the first warning. */
export const BEGINS = september('18 13:30');
/** Water is gone, levels are normal, orders can be closed. */
export const ENDS = september('21 07:30');

const WIND: readonly Knot[] = [
  ['18 13:30', 10.0],
  ['18 13:59', 10.7],
  ['18 14:00', 10.9],
  ['18 17:00', 12.0],
  ['19 06:00', 12.4],
  ['19 14:00', 14.0],
  ['19 21:45', 16.2],
  ['20 03:00', 14.2],
  ['20 07:00', 12.0],
  ['20 11:00', 8.5],
  ['20 18:00', 5.0],
  ['21 07:30', 3.5],
];

/** Mean wind (m/s) on the coast at Nanhui; blue is 10.8, yellow 17.2. */
export const coastWind = lines(WIND);

/** High and low waters at Huangpu Park, m above Wusong datum; blue 4.55 and yellow 4.91 must hold for ten minutes. */
export const tideHuangpu = swells([
  ['18 09:00', 1.0],
  ['18 15:00', 4.67],
  ['18 21:45', 1.3],
  ['19 03:20', 4.3],
  ['19 10:10', 1.45],
  ['19 17:20', 4.958],
  ['20 00:10', 1.9],
  ['20 05:00', 4.4],
  ['20 11:30', 1.2],
  ['20 17:40', 4.35],
  ['21 00:00', 1.0],
  ['21 06:10', 4.2],
  ['21 12:30', 1.0],
]);

/** Rain in the middle of the band, mm/h, before it is scaled to reach 100 mm in six hours at 07:50 on the 20th. */
export const rainRate = lines([
  ['19 16:00', 0],
  ['19 20:00', 3],
  ['19 22:00', 5],
  ['20 00:30', 2],
  ['20 02:00', 6],
  ['20 04:00', 13],
  ['20 06:00', 20],
  ['20 07:00', 25],
  ['20 08:00', 25],
  ['20 09:00', 12],
  ['20 11:00', 4],
  ['20 14:00', 1],
  ['20 16:00', 0],
]);

/** How closed the district's roads are by rain, 0…1; slows traffic and dims sight. */
export const downpour = lines([
  ['20 05:00', 0],
  ['20 07:00', 1],
  ['20 08:40', 1],
  ['20 11:00', 0],
]);
