import { writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { fromBeijing, toBeijing } from '#base';
import { EmbeddedPostgres, Storage } from '#storage';
import { sql } from 'kysely';

import { countDay, type HourCount, worstTenMinutes } from './district/count-day.ts';
import { type DayGauge, dayGauges } from './district/gauges.ts';
import { type Mechanism, MECHANISM_TEXT, MECHANISMS } from './district/mechanisms.ts';
import { acknowledge, shelve, verify } from './district/people.ts';
import { type DayTold, tellDay } from './district/tell-day.ts';
import { type Address, DistrictWorld, fillDistrict } from './district/world.ts';
import { withEndings } from './endings.ts';
import { print } from './machine.ts';

const PREPARED = 'district_prepared';
const DAY_MINUTES = 24 * 60;
/** So often what the server does by its timers is done, and people look. */
const ROUND_MINUTES = 5;
const PAGE = path.resolve(import.meta.dirname, '../docs/alarm-load.md');
/** Fewer for trying it out; the page is then left as it is. */
const MINUTES = Number(process.env['PUAN_DISTRICT_MINUTES'] ?? DAY_MINUTES);

/**
 * A simulated day of the district with a typhoon, a lost gateway, a power cut and a chattering sensor in it, with all that keeps the
 * load of people down, without each of it, and without any. Writes `docs/alarm-load.md`.
 */
export async function district(): Promise<void> {
  await withEndings(async (endings) => {
    const folder = endings.folder('district');
    const postgres = await EmbeddedPostgres.start({ dataDir: folder, log: () => undefined });
    endings.add(() => postgres.stop());
    const begins = yesterday();
    const gauges = dayGauges();
    const points = await prepare(postgres.address, gauges, begins);
    const told: DayTold[] = [];
    for (const without of [[], ...MECHANISMS.map((one) => [one]), MECHANISMS]) {
      process.stderr.write(`  ${nameOf(without)} …\n`);
      const day = await playDay(postgres.address, { without, begins, points });
      report(day, gauges.length);
      told.push(day);
    }
    if (MINUTES === DAY_MINUTES) writeFileSync(PAGE, tellDay(told, gauges.length));
  });
}

function nameOf(without: readonly Mechanism[]): string {
  if (without.length === 0) return '全部启用';
  if (without.length === MECHANISMS.length) return '全部关闭';
  return `只关${without.map((one) => MECHANISM_TEXT[one]).join('、')}`;
}

/** Midnight in Beijing; the day is over. */
function yesterday(): number {
  const { year, month, day } = toBeijing(Date.now());
  return fromBeijing(year, month, day) - DAY_MINUTES * 60_000;
}

async function prepare(
  server: Address,
  gauges: readonly DayGauge[],
  begins: number,
): Promise<readonly number[]> {
  await administer(server, `create database ${PREPARED}`);
  const storage = new Storage({ ...server, database: PREPARED }, () => undefined);
  try {
    return await fillDistrict(storage, gauges, begins);
  } finally {
    await storage.close();
  }
}

async function administer(server: Address, statement: string): Promise<void> {
  const admin = new Storage({ ...server, database: 'postgres' }, () => undefined);
  try {
    await sql.raw(statement).execute(admin.system);
  } finally {
    await admin.close();
  }
}

async function playDay(
  server: Address,
  given: {
    readonly without: readonly Mechanism[];
    readonly begins: number;
    readonly points: readonly number[];
  },
): Promise<DayTold> {
  const without = new Set(given.without);
  await administer(server, `create database district_day template ${PREPARED}`);
  const world = await DistrictWorld.open(server, 'district_day', { begins: given.begins, without });
  try {
    const began = performance.now();
    // Water remembers: every day begins with gauges of its own.
    const gauges = dayGauges();
    let readings = 0;
    for (let minute = 0; minute < MINUTES; minute += 1) {
      const rows = gauges.flatMap((gauge, i) => {
        const value = gauge.says(minute);
        return value === undefined ? [] : [[given.points[i] ?? 0, value] as const];
      });
      readings += rows.length;
      await world.pass(minute, rows);
      if ((minute + 1) % ROUND_MINUTES === 0) await round(world, without);
    }
    return {
      name: nameOf(given.without),
      hours: await countDay(world.storage, given.begins),
      worstTenMinutes: await worstTenMinutes(world.storage),
      readings,
      seconds: (performance.now() - began) / 1000,
    };
  } finally {
    await world.close();
    await administer(server, 'drop database district_day with (force)');
  }
}

/** Of the gas gauges the first three really leak. */
function isLeak(point: string): boolean {
  return ['gas.0.0', 'gas.0.1', 'gas.0.2'].includes(point) || !point.startsWith('gas.');
}

async function round(world: DistrictWorld, without: ReadonlySet<Mechanism>): Promise<void> {
  await world.rounds();
  await acknowledge(world);
  if (!without.has('verification')) await verify(world, isLeak);
  if (!without.has('shelving')) await shelve(world);
  await world.settle();
}

function report({ name, hours, worstTenMinutes: worst, seconds, readings }: DayTold, count: number): void {
  const sum = (of: (hour: HourCount) => number): number => hours.reduce((all, hour) => all + of(hour), 0);
  const most = Math.max(...hours.map(({ shown }) => shown));
  print({
    name: `district day, ${name}, most before the district desk in an hour`,
    value: most,
    unit: '条/h',
    note:
      `全天报警 ${sum(({ alarms }) => alarms)}，预警 ${sum(({ warnings }) => warnings)}，席上 ${sum(({ shown }) => shown)}，` +
      `工单 ${sum(({ orders }) => orders)}，待核实 ${sum(({ verify: held }) => held)}，按起因拦下 ${sum(({ cause }) => cause)}，` +
      `搁置 ${sum(({ shelved }) => shelved)}，最多十分钟 ${worst} 条；模拟 ${count} 个测点、${readings} 条读数，` +
      `一天用 ${Math.round(seconds)} s，一分钟平均负载 ${os.loadavg()[0]?.toFixed(1)}`,
  });
}
