import type { frameTestRoutes } from '#contract/monitoring';
import { codeIn, inspectLine } from '#gateways/frames';
import type { RequestContext } from '#services/context';
import type { z } from 'zod';

import { refusalText } from './refusal-text.ts';

const MOST_LINES = 100;

type Reply = z.output<typeof frameTestRoutes.testFrames.reply>;

/** A character for each byte of the line, as it came over the wire. */
const asBytes = (line: string): string => Buffer.from(line, 'utf8').toString('latin1');

/** Reads frames that somebody has pasted, as the gateway would by the standard alone; nothing is stored. */
export async function testFrames(
  context: RequestContext,
  { body }: { readonly body: z.output<typeof frameTestRoutes.testFrames.body> },
): Promise<Reply> {
  context.authorize('device.read');
  const { protocol, text } = body;
  const lines = text.split(/\r?\n/u).filter((line) => line.trim() !== '');
  const found = lines.slice(0, MOST_LINES).flatMap((line) => inspectLine(protocol, asBytes(line)));
  const codes = found.map((inspection) => codeIn(protocol, inspection) ?? null);
  const devices = await context.transaction((tx) =>
    tx
      .selectFrom('device')
      .select(['id', 'code'])
      .where('protocol', '=', protocol)
      .where('code', 'in', [...codes.filter((code) => code !== null), ''])
      .execute(),
  );
  const ids = new Map(devices.map(({ id, code }) => [code, id]));
  return {
    items: found.map(({ accept, reason, decode }, i) => ({
      accept,
      reason: reason === null ? null : refusalText(protocol, reason),
      code: codes[i] ?? null,
      device: ids.get(codes[i] ?? '') ?? null,
      decode: decode === null ? null : { ...decode },
    })),
    left: Math.max(0, lines.length - MOST_LINES),
  };
}
