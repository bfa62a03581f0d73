import { DEFAULT_LIMITS, type LineGateway, type LineRead, type OpenReader, startLine } from '#gateways/line';
import type { Gateway } from '#model/monitoring';
import { Framer, type FramerEvent } from '#protocols/gb26875';

import { Commander } from './commander.ts';
import { Panels, prepareDelivery } from './delivery.ts';
import { Links } from './links.ts';
import { ASK_TIMES, type Gb26875GatewayOptions, type GatewayContext, PROTOCOL } from './options.ts';
import { readFrames } from './read-frames.ts';
import { UdpDoor } from './udp-door.ts';

/** 由系统分配端口时，TCP 得了的端口 UDP 未必空着：换一个再试。 */
const PORT_TRIES = 10;

/**
 * 监听用户信息传输装置（GB/T 26875.3-2011），TCP 与 UDP 同一个端口。装置的读数交给 `sink`，提交之后才确认；
 * 对时、查岗、读状态见 {@link Gateway.command}。端口被占用等监听失败时拒绝。
 */
export async function startGb26875Gateway(options: Gb26875GatewayOptions): Promise<Gateway> {
  const now = options.now ?? Date.now;
  const links = new Links();
  const commander = new Commander(links, { ...ASK_TIMES, ...options.asks }, now);
  const open = openReader({ ...options, now }, links, commander);
  const { line, door } = await listenBoth(options, open);
  let closed: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    commander.close();
    await Promise.all([line.close(), door.close()]);
  };
  return {
    port: line.port,
    sessions: () => [...line.sessions(), ...door.sessions()],
    cut: (session) => line.cut(session) || door.cut(session),
    command: (deviceCode, command) => commander.command(deviceCode, command),
    close: () => (closed ??= close()),
  };
}

function openReader(context: GatewayContext, links: Links, commander: Commander): OpenReader {
  const panels = new Panels();
  return (peer) => {
    const framer = new Framer();
    const read = (events: readonly FramerEvent[]): LineRead => {
      const packets = readFrames(context, peer, events);
      for (const { device, frame } of packets) links.heard(device.code, { peer, centre: frame.target });
      return { ...tally(events), delivery: prepareDelivery({ context, panels, commander }, packets) };
    };
    return { read: (chunk) => read(framer.push(chunk)), end: () => read(framer.end()) };
  };
}

function tally(events: readonly FramerEvent[]): { readonly frames: number; readonly noiseBytes: number } {
  let frames = 0;
  let noiseBytes = 0;
  for (const event of events) {
    if (event.kind === 'frame') {
      frames += 1;
      noiseBytes = 0;
    } else noiseBytes += event.bytes.length;
  }
  return { frames, noiseBytes };
}

interface Both {
  readonly line: LineGateway;
  readonly door: UdpDoor;
}

async function listenBoth(options: Gb26875GatewayOptions, open: OpenReader, tries = 1): Promise<Both> {
  const line = await startLine(PROTOCOL, options, open);
  const { host, sink, counters, log } = options;
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  try {
    const context = { host, sink, counters, log, limits, protocol: PROTOCOL } as const;
    return { line, door: await UdpDoor.listen(context, line.port, open) };
  } catch (error) {
    await line.close();
    const isTaken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
    if (options.port !== 0 || !isTaken || tries >= PORT_TRIES) throw error;
    return listenBoth(options, open, tries + 1);
  }
}
