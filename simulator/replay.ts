// npm run replay -- <file or folder>: plays recorded data into a running server through a real gateway.
import { formatBeijingTime } from '#protocols/hj212';
import path from 'node:path';

import { type Carrier, Hj212Carrier, HttpCarrier } from './carrier.ts';
import { type PuanClient, RefusedError } from './client.ts';
import { MqttCarrier } from './mqtt-carrier.ts';
import { Gb26875Carrier } from './gb26875-carrier.ts';
import { play } from './play.ts';
import { Progress } from './progress.ts';
import { newCounts } from './recording-cell.ts';
import { inOrder, readRecording } from './recording.ts';
import { registerMissing } from './register.ts';
import { inventoryOf, mapVia } from './replay-inventory.ts';
import { chooseFiles } from './replay-files.ts';
import { MapError, type ReplayMap } from './replay-map.ts';
import { readOptions, type ReplayOptions, UsageError } from './replay-options.ts';
import { endSession, openSession, sessionName } from './replay-session.ts';
import { accessOf, gb26875PortOf, hj212PortOf, mqttPortOf, sl651PortOf } from './settings.ts';
import { AccessError, signIn } from './sign-in.ts';
import { Sl651Carrier } from './sl651-carrier.ts';

const PATIENCE_MS = 60_000;
const FRAMES_IN_FLIGHT = 32;

async function replay(options: ReplayOptions, stop: AbortSignal): Promise<void> {
  const home = process.env['INIT_CWD'] ?? process.cwd();
  const mapFile = options.map === undefined ? undefined : path.resolve(home, options.map);
  const chosen = chooseFiles(path.resolve(home, options.path), mapFile);
  const { files } = chosen;
  const map = mapVia(chosen.map, options.via ?? chosen.map.via);
  say(options, `${map.name}\n${map.note}`);
  if (options.fills && map.channels.some(({ fill }) => fill !== undefined)) {
    say(options, '录制的间隔比监测要素的周期长：按对照表在两行之间补点，补的不是实测。--no-fill 可关。');
  }

  const access = accessOf(options, process.env);
  const client = await signIn(access, { patienceMs: PATIENCE_MS });
  const registered = await registerMissing(client, inventoryOf(map));
  const session = await openSession(
    client,
    sessionName(map),
    map.devices.map(({ code }) => code),
  );
  const carrier = await carrierOf(map, { client, url: access.url, options });
  const counts = newCounts();
  const progress = new Progress(process.stderr, options.json);
  const read = new Map<string, number>();
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  const sources = files.map(({ file }) =>
    readRecording({ file, map, fills: options.fills, counts, onRead: (bytes) => read.set(file, bytes) }),
  );
  let clock = 0;
  const began = performance.now();
  try {
    await play(inOrder(sources), carrier, {
      speed: options.speed,
      signal: stop,
      onMoment: (at) => {
        clock = at;
        const done = [...read.values()].reduce((sum, bytes) => sum + bytes, 0) / total;
        progress.show(done, `${stamp(at)} 已发 ${carrier.counts().sent}，已答 ${carrier.counts().answered}`);
      },
    });
  } finally {
    progress.end();
    carrier.close();
    if (!options.keepOpen) await endSession(client, session.id);
  }
  const seconds = Math.round((performance.now() - began) / 100) / 10;
  const stopped = stop.aborted;
  report(options, {
    session: session.id,
    via: map.via,
    clock: stamp(clock),
    seconds,
    stopped,
    registered,
    carried: carrier.counts(),
    recording: counts,
  });
}

async function carrierOf(
  map: ReplayMap,
  ground: { readonly client: PuanClient; readonly url: string; readonly options: ReplayOptions },
): Promise<Carrier> {
  if (map.via === 'http') return new HttpCarrier(ground.client);
  const window = ground.options.speed === 'max' ? FRAMES_IN_FLIGHT : 1;
  const host = new URL(ground.url).hostname;
  const station = { host, patienceMs: PATIENCE_MS, window };
  if (map.via === 'sl651') return new Sl651Carrier(map, { ...station, port: sl651PortOf(process.env) });
  if (map.via === 'mqtt')
    return MqttCarrier.open(map, ground.client, { ...station, port: mqttPortOf(process.env) });
  if (map.via === 'gb26875') return new Gb26875Carrier(map, { ...station, port: gb26875PortOf(process.env) });
  return new Hj212Carrier(map, { ...station, port: hj212PortOf(process.env) });
}

interface Result {
  readonly session: number;
  readonly via: string;
  readonly clock: string;
  readonly seconds: number;
  readonly stopped: boolean;
  readonly registered: object;
  readonly carried: ReturnType<Carrier['counts']>;
  readonly recording: ReturnType<typeof newCounts>;
}

function report(options: ReplayOptions, result: Result): void {
  if (options.json) {
    process.stdout.write(`${JSON.stringify(result)}\n`);
    return;
  }
  const { carried, recording, seconds, session, stopped, clock } = result;
  const unit = carried.unit === 'frames' ? '帧' : '条';
  const lines = [
    `${stopped ? '已中断' : '播完'}：回放会话 ${session}，录制播到 ${clock}（北京时间），用时 ${seconds} 秒`,
    `已发 ${carried.sent} ${unit}，已答 ${carried.answered}，拒收 ${carried.refused}，重发 ${carried.resent}`,
    `录制 ${recording.rows} 行；缺测 ${recording.missing} 格（不发），读不懂 ${recording.unreadable} 格，` +
      `时间不对 ${recording.badTimes} 行，重复 ${recording.duplicates} 行，倒序 ${recording.backwards} 行`,
    ...(carried.firstRefusal === undefined ? [] : [`第一条拒收的原因：${carried.firstRefusal}`]),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

function say(options: ReplayOptions, sentence: string): void {
  if (!options.json) process.stderr.write(`${sentence}\n`);
}

/** `2013-09-13 16:00` */
function stamp(at: number): string {
  const t = formatBeijingTime(at);
  return `${t.slice(0, 4)}-${t.slice(4, 6)}-${t.slice(6, 8)} ${t.slice(8, 10)}:${t.slice(10, 12)}`;
}

const stop = new AbortController();
// A second Ctrl-C means: now.
for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stop.abort());

try {
  await replay(readOptions(process.argv.slice(2)), stop.signal);
} catch (error) {
  const unusable = error instanceof UsageError || error instanceof MapError;
  const expected = unusable || error instanceof AccessError || error instanceof RefusedError;
  process.stderr.write(`${expected ? error.message : describe(error)}\n`);
  process.exitCode = unusable ? 2 : 1;
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error ? `（${error.cause.message}）` : '';
  return `回放没有完成：${error.message}${cause}`;
}
