import type { HourCount } from './count-day.ts';

/** A day as it went, with some mechanisms left out. */
export interface DayTold {
  readonly name: string;
  readonly hours: readonly HourCount[];
  readonly worstTenMinutes: number;
  readonly readings: number;
  readonly seconds: number;
}

type Column = readonly [title: string, of: (hour: HourCount) => number];

const COLUMNS: readonly Column[] = [
  ['报警', ({ alarms }) => alarms],
  ['预警', ({ warnings }) => warnings],
  ['席上（区）', ({ shown }) => shown],
  ['席上（最多的街镇）', ({ shownTown }) => shownTown],
  ['工单', ({ orders }) => orders],
  ['待核实', ({ verify }) => verify],
  ['按起因拦下', ({ cause }) => cause],
  ['搁置拦下', ({ shelved }) => shelved],
  ['再次报警', ({ reAlarms }) => reAlarms],
];

/** The page `docs/alarm-load.md`. */
export function tellDay(days: readonly DayTold[], gauges: number): string {
  const [whole] = days;
  const bare = days.at(-1);
  if (!whole || !bare) return '';
  return [
    '# Alarm load of a simulated day',
    '',
    `Written by \`npm run bench -- district\`. **Simulated**: ${gauges} gauges that do not exist, over the 36 towns, and ${whole.readings} readings`,
    'of a day that never was: a typhoon crosses the district from 10:00 to 18:00, 300 fire panels are silent with their gateway from 12:00 to 13:00,',
    'three towns are without power from 14:00 to 15:00, one underpass gauge chatters all day, and one gas probe in fifteen rises once for no reason.',
    'The limits are those of the default standard. How many alarms a real day brings depends on the sensors; what the mechanisms take away is what this shows.',
    '',
    'The services of the server run over a real PostgreSQL with a clock that is set minute by minute; events are worked through one after the other instead of side by',
    'side, what the server does by its timers is done every five minutes, and nobody works the orders. An analyst decides after four minutes, warnings are signed for after ten; somebody on duty shelves a sensor that has come and gone three times in two hours.',
    '',
    '*席上*: what stands before the people of a desk, one line a warning, in a flood one a card; a card that holds a hundred warnings counts once. *Held*: alarms that are kept and told nobody.',
    'IEC 62682 takes about 6 an hour as acceptable and 12 as the most one person can manage; ten in ten minutes is a flood.',
    '',
    '## The day, with all of it and without each',
    '',
    row(['', ...COLUMNS.map(([title]) => title), '席上最多的一小时', '最多的十分钟（区，条预警）']),
    rule(COLUMNS.length + 3),
    ...days.map((day) =>
      row([
        day.name,
        ...COLUMNS.map(([, of]) => sum(day, of)),
        Math.max(...day.hours.map(({ shown }) => shown)),
        day.worstTenMinutes,
      ]),
    ),
    '',
    '## Before the desk of the district, hour by hour',
    '',
    row(['', ...whole.hours.map((_, hour) => String(hour))]),
    rule(whole.hours.length + 1),
    ...days.map((day) => row([day.name, ...day.hours.map(({ shown }) => shown)])),
    '',
    ...[whole, bare].flatMap((day) => [
      `## ${day.name}, hour by hour`,
      '',
      row(['时', ...COLUMNS.map(([title]) => title)]),
      rule(COLUMNS.length + 1),
      ...day.hours.map((hour, i) => row([`${i}:00`, ...COLUMNS.map(([, of]) => of(hour))])),
      '',
    ]),
  ].join('\n');
}

function sum({ hours }: DayTold, of: (hour: HourCount) => number): number {
  return hours.reduce((all, hour) => all + of(hour), 0);
}

function row(cells: readonly (string | number)[]): string {
  return `| ${cells.join(' | ')} |`;
}

function rule(count: number): string {
  return `|${'---|'.repeat(count)}`;
}
