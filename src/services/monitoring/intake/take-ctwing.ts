import type { Pushed } from '#contract/monitoring';
import { readAppdata, readCtwing, type Values } from '#protocols/push';

import { DeviceTaker } from './device-taker.ts';
import type { IntakeDesk } from './intake-desk.ts';
import { keepMessage } from './keep-message.ts';
import type { OpenSource } from './open-source.ts';

/** One message of CTWing; a cloud that gathers sends them as an array. */
export async function takeCtwing(intake: IntakeDesk, source: OpenSource, body: unknown): Promise<Pushed> {
  const taker = new DeviceTaker(intake, source, 'ctwing');
  let kept = 0;
  for (const message of Array.isArray(body) ? (body as readonly unknown[]) : [body]) {
    if (!(await takeOne({ intake, source, taker }, message))) kept += 1;
  }
  await taker.store();
  return { taken: taker.taken, kept, refused: taker.refused };
}

interface Work {
  readonly intake: IntakeDesk;
  readonly source: OpenSource;
  readonly taker: DeviceTaker;
}

/** False for a message that was kept as it came. */
async function takeOne({ intake, source, taker }: Work, message: unknown): Promise<boolean> {
  const read = readCtwing(message);
  if (read.kind === 'fault') {
    taker.refuse(read.reason);
    return true;
  }
  const keep = async (messageType: string): Promise<false> => {
    await keepMessage(intake, source, { device: read.device[0] ?? '', messageType, body: message });
    return false;
  };
  if (read.kind === 'unknown') return keep(read.messageType);
  const device = taker.find(read.device, JSON.stringify(message));
  if (!device) return true;
  if (read.kind === 'life') {
    taker.live(device);
    return true;
  }
  const values = read.kind === 'values' ? read.values : decode(source, read.base64);
  if (!values) return keep('APPdata');
  taker.take(device, { at: read.at, values });
  return true;
}

/** The numbers in the bytes of a transparent product; undefined without a layout that fits. */
function decode({ settings }: OpenSource, base64: string): Values | undefined {
  if (settings.layout === undefined || settings.layout.length === 0) return undefined;
  const bytes = Buffer.from(base64, 'base64');
  return readAppdata(bytes, settings.layout)?.filter(([, value]) => Number.isFinite(value));
}
