import { SCENARIOS, type ScenarioCode } from '#model/platform';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const text = z.string().min(1);
const scenarioCodes = Object.keys(SCENARIOS) as [ScenarioCode, ...ScenarioCode[]];

/** How a recording that is slower than the element's period is filled up between its rows. Filled values are not measured. */
const fill = z.discriminatedUnion('kind', [
  /** An amount of the period that begins at the row's stamp, shared out equally. */
  z.strictObject({
    kind: z.literal('even'),
    everySeconds: z.number().int().positive(),
    overSeconds: z.number().int().positive(),
  }),
  /** A straight line to the next row, where that is not further than `overSeconds`. */
  z.strictObject({
    kind: z.literal('linear'),
    everySeconds: z.number().int().positive(),
    overSeconds: z.number().int().positive(),
  }),
  /** Only with `events`: after an event's last row the value rests at `value`, for that is what its end means. */
  z.strictObject({
    kind: z.literal('rest'),
    value: z.number(),
    everySeconds: z.number().int().positive(),
    overSeconds: z.number().int().positive(),
  }),
]);

const channel = z.strictObject({
  column: text,
  object: text,
  point: text,
  element: text,
  device: text,
  /** The factor's code in the device's packets. */
  factor: text,
  /** Value in the element's unit = cell × scale + offset. */
  scale: z.number().default(1),
  offset: z.number().default(0),
  /** Cells that mean “no value”, beside blank ones, `NA` and `NaN`. */
  missing: z.array(z.string()).default([]),
  fill: fill.optional(),
  /** Of a long table, in which many sensors share a column: only rows whose cell in `column` reads so. */
  rows: z.strictObject({ column: text, is: text }).optional(),
});

/** Columns that differ in nothing but their names; `{column}` in point and factor stands for each. */
const channelFamily = channel.omit({ column: true }).extend({ columns: z.array(text).min(1) });

function membersOf(
  given: z.output<typeof channel> | z.output<typeof channelFamily>,
): z.output<typeof channel>[] {
  if (!('columns' in given)) return [given];
  const { columns, ...shared } = given;
  return columns.map((column) => ({
    ...shared,
    column,
    point: shared.point.replace('{column}', column),
    factor: shared.factor.replace('{column}', column),
  }));
}

/** The recording has no clock: its time column counts samples. `from` is read with the map's format and zone, and made up. */
const counted = z.strictObject({ from: text, perSecond: z.number().positive() });

/**
 * Rows tell seconds since an event began, and a second table beside the recording says when that was. Its columns may be asked
 * for in `rows`, too. Such a recording is ordered by event: all of it is held and put in order of time.
 */
const events = z.strictObject({
  file: text,
  /** A column of both tables. */
  key: text,
  /** Column of the second table, read with the map's format and zone. */
  start: text,
});

const replayMap = z.strictObject({
  /** Files whose name begins with it are read by this map. */
  match: text,
  name: text,
  /** What the data truly is, shown before it plays. */
  note: text,
  via: z.enum(['hj212', 'sl651', 'gb26875', 'mqtt', 'http']),
  time: z.strictObject({
    column: text,
    /** `YYYY MM DD hh mm ss` stand for digits, everything else for itself. */
    format: text,
    zone: z.enum(['Asia/Shanghai', 'UTC']),
    events: events.optional(),
    counted: counted.optional(),
  }),
  objects: z
    .array(
      z.strictObject({
        code: text,
        name: text.startsWith('回放·'),
        scenarios: z.array(z.enum(scenarioCodes)).min(1),
        lat: z.number(),
        lon: z.number(),
        /** What its signs need to know of it, by the parameter's code. */
        parameters: z.record(z.string(), z.number()).optional(),
      }),
    )
    .min(1),
  devices: z
    .array(z.strictObject({ code: text, st: z.string().regex(/^\d\d$/u), pw: z.string().default('123456') }))
    .min(1),
  channels: z
    .array(z.union([channel, channelFamily]))
    .min(1)
    .transform((given) => given.flatMap(membersOf)),
});

export type ReplayMap = z.output<typeof replayMap>;
export type Channel = z.output<typeof channel>;

/** The map cannot be used; the sentence says why. */
export class MapError extends Error {
  override readonly name = 'MapError';
}

const FOLDER = fileURLToPath(new URL('maps/', import.meta.url));

/** The maps that come with the product. */
export function builtInMaps(): ReplayMap[] {
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith('.json'))
    .map((name) => readMap(path.join(FOLDER, name)));
}

/** Reads one map. Throws {@link MapError}. */
export function readMap(file: string): ReplayMap {
  let given: unknown;
  try {
    given = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new MapError(`对照表 ${file} 读不了：${error instanceof Error ? error.message : String(error)}`);
  }
  const parsed = replayMap.safeParse(given);
  if (!parsed.success) throw new MapError(`对照表 ${file} 不合格式：\n${z.prettifyError(parsed.error)}`);
  const faults = [...faultsOf(parsed.data), ...fireFaultsOf(parsed.data)];
  if (faults.length > 0) throw new MapError(`对照表 ${file} 前后不符：${faults.join('；')}`);
  return parsed.data;
}

/** The built-in map for a file's name, undefined when there is none. */
export function mapFor(file: string, maps: readonly ReplayMap[]): ReplayMap | undefined {
  const name = path.basename(file);
  return maps.find(({ match }) => name.startsWith(match));
}

const ADDRESS = /^[0-9A-F]{12}$/u;
const PLACE = /^1\.1\/0\.[0-9A-F]{4}0000$/u;

/** What a map that goes by GB/T 26875.3 must look like. */
function fireFaultsOf({ via, devices, channels }: ReplayMap): string[] {
  if (via !== 'gb26875') return [];
  return [
    ...devices
      .filter(({ code }) => !ADDRESS.test(code))
      .map(({ code }) => `设备 ${code} 不是 12 位十六进制地址`),
    ...channels
      .filter(({ factor }) => !PLACE.test(factor))
      .map(({ factor }) => `因子 ${factor} 不是 1.1/0.部件地址`),
  ];
}

function faultsOf({ objects, devices, channels, time }: ReplayMap): string[] {
  const known = {
    object: new Set(objects.map(({ code }) => code)),
    device: new Set(devices.map(({ code }) => code)),
  };
  const seen = new Set<string>();
  return channels.flatMap(({ column, object, device, factor, fill: filled }) => {
    const faults: string[] = [];
    const rests = filled?.kind === 'rest';
    if (filled !== undefined && rests !== (time.events !== undefined))
      faults.push(`列 ${column} 的补点 ${filled.kind} 只能用在${rests ? '有' : '没有'} events 的录制上`);
    if (!known.object.has(object)) faults.push(`列 ${column} 的对象 ${object} 不在 objects 里`);
    if (!known.device.has(device)) faults.push(`列 ${column} 的设备 ${device} 不在 devices 里`);
    const key = `${device}/${factor}`;
    if (seen.has(key)) faults.push(`设备 ${device} 的因子 ${factor} 用了两次`);
    seen.add(key);
    return faults;
  });
}
