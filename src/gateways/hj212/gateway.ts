import { type LineGateway, startLine } from '#gateways/line';
import { Framer, type FramerEvent } from '#protocols/hj212';

import { HostCommands } from './commands.ts';
import { prepareDelivery } from './delivery.ts';
import { type Hj212GatewayOptions, PROTOCOL } from './options.ts';
import { readFrames } from './read-frames.ts';

/**
 * 监听 HJ 212 上行（TCP），也把平台的请求下发到设备。设备的读数交给 `sink`，提交之后才应答 9014。
 * 端口被占用等监听失败时拒绝。
 */
export async function startHj212Gateway(options: Hj212GatewayOptions): Promise<LineGateway> {
  const commands = new HostCommands(options.directory);
  const line = await startLine(PROTOCOL, options, ({ address }) => {
    const framer = new Framer();
    const read = (events: readonly FramerEvent[]) => {
      const packets = readFrames(options, address, events);
      for (const packet of packets) commands.hear(packet);
      return { ...tally(events), delivery: prepareDelivery(options, packets) };
    };
    return { read: (chunk) => read(framer.push(chunk)), end: () => read(framer.end()) };
  });
  return {
    ...line,
    command: (deviceCode, command) => commands.ask(line, deviceCode, command),
    close: () => {
      commands.close();
      return line.close();
    },
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
