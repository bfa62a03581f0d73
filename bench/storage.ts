import { recover } from '#services/monitoring';
import {
  addToChunks,
  decodeChunk,
  emptyColumns,
  encodeChunk,
  ensureReadingPartitions,
  IngestWriter,
  packReadings,
  ReadingCopy,
  type ReadingColumns,
  readHistory,
  sliceColumns,
  type Storage,
  walkHistory,
} from '#storage';
import { sql } from 'kysely';

import { percentile, print } from './machine.ts';
import { columnsOf, readRecorded, RECORDED } from './recordings.ts';
import { setStage } from './stage.ts';
import { printBytes, PROMETHEUS, rollUp, sizes, ZABBIX } from './storage-size.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const YEAR_MINUTES = 365 * 24 * 60;
const CHUNK = 1000;
const RUNS = 20;
/** How wide a chart asks for a year. */
const WIDTH = 1000;
/** Points of their own, above those that are registered. */
const RECORDED_POINTS = 1_000_000;
const PACKED_POINTS = 2_000_000;
const QUARTER_POINTS = 10_000;
const QUARTER_READINGS = 200;
const WALKED_POINTS = 100;
const WEEKLY_POINTS = 1000;

/** P10 and what hangs on it: bytes a reading on disk, how fast they are packed and read again, charts and restarts over long times. */
export async function storage(): Promise<void> {
  const stage = await setStage(WEEKLY_POINTS, async (db) => {
    await packRecordings(db);
    await packQuarter(db);
    await walkYear(db);
    await restart(db);
  });
  try {
    const year = `/api/v1/readings?point=bench.0&width=${WIDTH}`;
    const figures: number[] = [];
    for (let i = 0; i < RUNS; i += 1) {
      const began = performance.now();
      await stage.admin.ask('GET', year);
      figures.push(performance.now() - began);
    }
    print({
      name: 'P10 year of minutes, drawn 1000 wide, p95',
      value: rounded(percentile(figures, 0.95)),
      unit: 'ms',
      note: `标准 ≤ 200 ms；${YEAR_MINUTES} 条已压缩并上卷的读数，经 HTTP，${RUNS} 次；中位数 ${rounded(percentile(figures, 0.5))} ms`,
    });
  } finally {
    await stage.puan.remove();
  }
}

/** Real recordings, one after the other: bytes with everything that belongs to the table, and the speed of the form itself. */
async function packRecordings({ system }: Storage): Promise<void> {
  let [readings, encodeMs, decodeMs] = [0, 0, 0];
  const before = await sizes(system);
  for (const [i, recorded] of RECORDED.entries()) {
    const rows = await readRecorded(recorded);
    const pieces = Array.from({ length: Math.ceil(rows.length / CHUNK) }, (_, n) =>
      sliceColumns(rows, n * CHUNK, Math.min((n + 1) * CHUNK, rows.length)),
    );
    const began = performance.now();
    const chunks = pieces.map(encodeChunk);
    const packed = performance.now();
    for (const [n, bytes] of chunks.entries())
      decodeChunk(bytes, pieces[n]?.length ?? 0, emptyColumns(pieces[n]?.length ?? 0), 0);
    decodeMs += performance.now() - packed;
    encodeMs += packed - began;
    readings += rows.length;
    await addToChunks(system, [{ point: RECORDED_POINTS + i, rows }]);
    print({
      name: `storage packed ${recorded.file.split('/').at(-1)} ${recorded.column}`,
      value: rounded(chunks.reduce((sum, { length }) => sum + length, 0) / rows.length),
      unit: 'B/reading',
      note: `真实录制 ${rows.length} 条，只计块内字节；到达时延为编造的 0.3–1.8 s`,
    });
  }
  await rollUp(system);
  await sql`vacuum reading_chunk, rolled_page`.execute(system);
  const after = await sizes(system);
  const chunks = (after.chunks - before.chunks) / readings;
  const both = chunks + (after.rolled - before.rolled) / readings;
  const told = `${RECORDED.length} 份真实录制共 ${readings} 条，整张表连同索引`;
  printBytes('P10 disk per packed reading', chunks, PROMETHEUS, told);
  printBytes(
    'P10 disk per packed reading, with roll-ups',
    both,
    PROMETHEUS,
    `${told}，加上分钟与小时上卷 ${rounded(both - chunks)} B`,
  );
  for (const [name, ms] of [
    ['encode', encodeMs],
    ['decode', decodeMs],
  ] as const)
    print({
      name: `storage ${name}`,
      value: Math.round(readings / (ms / 1000)),
      unit: 'readings/s',
      note: '同上录制，一个线程，不含数据库',
    });
}

/** A quarter of an hour as it comes: raw size, and the time from rows to chunks. */
async function packQuarter(db: Storage): Promise<void> {
  const { system } = db;
  const from = Math.floor(Date.now() / DAY) * DAY - 3 * DAY;
  await ensureReadingPartitions(system, from);
  const writer = await IngestWriter.connect(db.location);
  const rows = QUARTER_POINTS * QUARTER_READINGS;
  for (let i = 0; i < QUARTER_READINGS; i += 1) {
    const at = from + i * 4000;
    const copy = new ReadingCopy(at + 700, QUARTER_POINTS);
    for (let point = 0; point < QUARTER_POINTS; point += 1)
      copy.add(PACKED_POINTS + point, at, 20 + ((point * 31 + i * i * 17) % 40) / 10, 0, 0);
    await writer.copy(copy.finish());
  }
  await writer.close();
  await sql`update ingest_mark set flushed_to = now()`.execute(system);
  const { hot: raw } = await sizes(system);
  printBytes('P10 disk per raw reading', raw / rows, ZABBIX, `一个刻钟分区 ${rows} 条连同索引，模拟数据`);
  const began = performance.now();
  const packed = await packReadings(system, from + HOUR);
  const ms = performance.now() - began;
  if (packed?.readings !== rows) throw new Error(`${packed?.readings ?? 0} of ${rows} readings were packed`);
  print({
    name: 'storage pack',
    value: Math.round(rows / (ms / 1000)),
    unit: 'readings/s',
    note: `${QUARTER_POINTS} 个监测点各 ${QUARTER_READINGS} 条，一个事务，一个进程加一个数据库进程，模拟数据`,
  });
}

/** A year of minutes of one real instrument (its three months again and again) at a hundred points, read as a rehearsal does. */
async function walkYear({ system }: Storage): Promise<void> {
  const year = await yearOfMinutes(Math.floor(Date.now() / DAY) * DAY);
  const { rows: known } = await sql<{ id: number }>`select id from point where code like 'bench.%' order by id
    limit ${WALKED_POINTS}`.execute(system);
  const points = known.map(({ id }) => id);
  const before = await sizes(system);
  for (const point of points) await addToChunks(system, [{ point, rows: year }]);
  const began = performance.now();
  const pages = await rollUp(system);
  const rolledIn = (performance.now() - began) / 1000;
  await sql`vacuum reading_chunk, rolled_page`.execute(system);
  const after = await sizes(system);
  const readings = points.length * year.length;
  const chunks = (after.chunks - before.chunks) / readings;
  const rolled = (after.rolled - before.rolled) / readings;
  printBytes(
    'P10 disk per reading of a year of minutes, with roll-ups',
    chunks + rolled,
    PROMETHEUS,
    `${points.length} 个监测点各一年分钟数据共 ${readings} 条（真实录制重复），其中上卷 ${rounded(rolled)} B`,
  );
  print({
    name: 'storage roll up',
    value: Math.round(readings / rolledIn),
    unit: 'readings/s',
    note: `同上，${pages} 页，一个进程加一个数据库进程`,
  });
  await walk(system, points, year);
}

/** One point of them as a whole, and all of them week by week. */
async function walk(
  system: Storage['system'],
  points: readonly number[],
  year: ReadingColumns,
): Promise<void> {
  const to = (year.observedAt.at(-1) ?? 0) + 1;
  const one = await best(() => readHistory(system, { points: points.slice(0, 1), from: 0, to }));
  print({
    name: 'storage year of minutes, read',
    value: rounded(one),
    unit: 'ms',
    note: `一个监测点 ${year.length} 条全部解开，${RUNS} 次中最快`,
  });
  const began = performance.now();
  let readings = 0;
  for await (const window of walkHistory(system, { points, from: 0, to, windowMs: 7 * DAY }))
    for (const { length } of window.readings.values()) readings += length;
  const seconds = (performance.now() - began) / 1000;
  if (readings !== points.length * year.length) throw new Error(`${readings} readings were walked`);
  print({
    name: 'storage walk',
    value: Math.round(readings / seconds),
    unit: 'readings/s',
    note: `${points.length} 个监测点各一年分钟数据共 ${readings} 条，每窗 7 天，含从数据库取出，一个线程`,
  });
}

/** A start with signs that compare with five weeks, one point of which fell silent two days ago. */
async function restart(db: Storage): Promise<void> {
  const { system } = db;
  await sql`insert into point (code, object_id, element_code, place, scenarios, simulated)
    select 'weekly.' || code, object_id, 'POWER.PD', place, scenarios, simulated from point where code like 'bench.%'`.execute(
    system,
  );
  const { rows } = await sql<{
    id: number;
  }>`select id from point where code like 'weekly.%' order by id`.execute(system);
  const end = Math.floor(Date.now() / (10 * MINUTE)) * 10 * MINUTE;
  const at = Array.from({ length: 5 * 7 * 144 }, (_, i) => end - (5 * 7 * 144 - i) * 10 * MINUTE);
  for (const [i, { id }] of rows.entries()) {
    const until = i === 0 ? end - 47 * HOUR : end;
    const own = at.filter((one) => one <= until);
    await addToChunks(system, [
      {
        point: id,
        rows: columnsOf(
          own,
          own.map((one) => 100 + ((one / HOUR + id) % 40)),
        ),
      },
    ]);
    await sql`insert into point_state (point_id, observed_at, value, quality) values (${id}, ${new Date(own.at(-1) ?? 0)}, 100, 0)`.execute(
      system,
    );
  }
  const ms = await best(() => recover(db), 3);
  print({
    name: 'storage restart, memory of five weeks',
    value: rounded(ms),
    unit: 'ms',
    note: `${rows.length} 个监测点与前四周同时段相比，每 10 分钟一条，共 ${rows.length * at.length} 条已压缩读数，其中一个已沉默两天`,
  });
}

async function yearOfMinutes(end: number): Promise<ReadingColumns> {
  const { value } = await readRecorded({
    file: 'water/gecco2018_drinking_water_train.csv.gz',
    time: 'Time',
    column: 'pH',
  });
  const minutes = Array.from({ length: YEAR_MINUTES }, (_, i) => i);
  return columnsOf(
    minutes.map((i) => end - (YEAR_MINUTES - i) * MINUTE),
    minutes.map((i) => value[i % value.length] ?? 0),
  );
}

async function best(run: () => Promise<unknown>, runs = RUNS): Promise<number> {
  let fastest = Number.POSITIVE_INFINITY;
  for (let i = 0; i < runs; i += 1) {
    const began = performance.now();
    await run();
    fastest = Math.min(fastest, performance.now() - began);
  }
  return fastest;
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
