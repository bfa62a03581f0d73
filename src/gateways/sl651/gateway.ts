import { Conversations, type LineGateway, type LineRead, startLine } from '#gateways/line';
import type { CommandOutcome, DeviceCommand } from '#model/monitoring';
import { Framer, type FramerEvent, PacketAssembly, type PacketOutcome, stationOf } from '#protocols/sl651';
import { commandStation } from './commands.ts';
import { ANSWER_WITHIN_MS, PROTOCOL, type Sl651GatewayOptions } from './options.ts';
import { askAgain, Reports, type StationAnswer } from './reports.ts';
import { Stations } from './stations.ts';

export interface Sl651Gateway extends LineGateway {
  command(deviceCode: string, command: DeviceCommand): Promise<CommandOutcome>;
}

/**
 * 监听 SL 651 上行（TCP，HEX/BCD 编码）。遥测站的读数交给 `sink`，图片与人工置数交给 `notes`，提交之后才确认；缺包点名要；对站说话走它最新的连接。
 * 端口被占用等监听失败时拒绝。
 */
export async function startSl651Gateway(options: Sl651GatewayOptions): Promise<Sl651Gateway> {
  const { counters, notes, log, answerWithinMs = ANSWER_WITHIN_MS } = options;
  const stations = new Stations(options);
  const conversations = new Conversations<StationAnswer>();
  const assembly = new PacketAssembly(options.packets);
  const reports = new Reports({ stations, counters, conversations, assembly, notes, log });
  const line = await startLine(PROTOCOL, options, ({ address }) => {
    const framer = new Framer('station');
    const read = (events: readonly FramerEvent[]): LineRead => ({
      ...tally(events, stations),
      delivery: reports.prepare(framesOf(events), address),
    });
    return { read: (chunk) => read(framer.push(chunk)), end: () => read(framer.end()) };
  });
  const tell = (deviceCode: string, bytes: Uint8Array): boolean => line.tell(deviceCode, bytes);
  const timer = setInterval(() => {
    for (const outcome of assembly.overdue(performance.now())) followUp(outcome, stations, line);
  }, OVERDUE_EVERY_MS);
  return {
    ...line,
    command: (deviceCode, command) =>
      commandStation({ stations, conversations, answerWithinMs, tell }, deviceCode, command),
    close: async () => {
      clearInterval(timer);
      conversations.close();
      for (const outcome of assembly.end()) followUp(outcome, stations, line);
      await line.close();
    },
  };
}

const OVERDUE_EVERY_MS = 250;

/** 等过头的多包：点名再要一包，或放弃并计数。 */
function followUp(outcome: PacketOutcome, stations: Stations, line: LineGateway): void {
  if (outcome.kind !== 'again' && outcome.kind !== 'given-up') return;
  const device = stations.find(outcome.last.station);
  const bytes = askAgain(outcome);
  if (bytes === undefined) stations.refuse('incomplete-message', device);
  else if (device !== undefined) line.tell(device.code, bytes);
}

const framesOf = (events: readonly FramerEvent[]) =>
  events.flatMap((event) => (event.kind === 'frame' ? [event.frame] : []));

/** 数好帧与其后的杂音；丢弃的按理由计数，写着已登记站址的记在它名下。 */
function tally(events: readonly FramerEvent[], stations: Stations): Pick<LineRead, 'frames' | 'noiseBytes'> {
  let frames = 0;
  let noiseBytes = 0;
  for (const event of events) {
    if (event.kind === 'frame') {
      frames += 1;
      noiseBytes = 0;
      continue;
    }
    noiseBytes += event.bytes.length;
    if (event.reason === 'resync') continue;
    const station = stationOf(event.bytes);
    stations.refuse(event.reason, station === undefined ? undefined : stations.find(station));
  }
  return { frames, noiseBytes };
}
