import { AppError } from '#base';
import type { gatewayRoutes } from '#contract/monitoring';
import { type CommandOutcome, protocolName } from '#model/monitoring';
import { audit, placedFor, type RequestContext } from '#services/context';
import type { z } from 'zod';

import type { GatewayControl } from './gateway-control.ts';

type Reply = z.output<typeof gatewayRoutes.commandDevice.reply>;

/**
 * Asks something of a device over its own link and waits for its answer (ten seconds or so). What was asked and what came
 * of it are in the audit. Throws `record.not-found` for a device out of sight, `input.invalid` for a span that ends before it begins.
 */
export async function commandDevice(
  context: RequestContext,
  control: GatewayControl,
  input: {
    readonly params: { id: number };
    readonly body: z.output<typeof gatewayRoutes.commandDevice.body>;
  },
): Promise<Reply> {
  context.authorize('device.manage');
  const command = input.body;
  if (command.kind === 'back-fill' && command.to <= command.from)
    throw new AppError('input.invalid', { issues: '补招的结束时间须晚于开始时间' });
  const device = await context.transaction(async (tx) => {
    const found = await tx
      .selectFrom('device')
      .select(['id', 'protocol', 'code', 'place', 'scenarios'])
      .where('id', '=', input.params.id)
      .executeTakeFirst();
    if (!found) throw new AppError('record.not-found', { what: '设备', id: String(input.params.id) });
    context.authorizeRecord('device.manage', placedFor(context, 'device.manage', found));
    return found;
  });
  const outcome = await control.command(device.protocol, device.code, command);
  await context.transaction((tx) =>
    audit(context, tx, {
      action: 'device.command',
      subject: `device/${device.protocol}/${device.code}`,
      after: { command, outcome },
    }),
  );
  return { kind: outcome.kind, text: sentenceOf(outcome, device.protocol) };
}

const WITHOUT_ANSWER = {
  'not-connected': '设备现在没有连着，下发不了。请等它上线后再试。',
  timeout: '已下发，设备没有在时限内回答。请稍后再试；反复如此请检查设备。',
} as const;

function sentenceOf(outcome: CommandOutcome, protocol: string): string {
  if ('text' in outcome) return outcome.text;
  if (outcome.kind === 'unsupported') return `${protocolName(protocol)} 没有这项下发。`;
  return WITHOUT_ANSWER[outcome.kind];
}
