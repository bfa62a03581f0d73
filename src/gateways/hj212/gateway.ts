import { type LineGateway, startLine } from '#gateways/line';
import { Framer, type FramerEvent } from '#protocols/hj212';

import { prepareDelivery } from './delivery.ts';
import { type Hj212GatewayOptions, PROTOCOL } from './options.ts';
import { readFrames } from './read-frames.ts';

/**
 * 监听 HJ 212 上行（TCP）。设备的读数交给 `sink`，提交之后才应答 9014。
 * 端口被占用等监听失败时拒绝。
 */
export function startHj212Gateway(options: Hj212GatewayOptions): Promise<LineGateway> {
  return startLine(PROTOCOL, options, ({ address }) => {
    const framer = new Framer();
    const read = (events: readonly FramerEvent[]) => ({
      ...tally(events),
      delivery: prepareDelivery(options, readFrames(options, address, events)),
    });
    return { read: (chunk) => read(framer.push(chunk)), end: () => read(framer.end()) };
  });
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
