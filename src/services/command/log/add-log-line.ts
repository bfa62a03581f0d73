import type { commandRoutes, LogLine } from '#contract/command';
import { audit, type RequestContext } from '#services/context';
import type { z } from 'zod';

import { homePlatform } from './home-platform.ts';
import { loadLine, showLine } from './log-view.ts';
import { writeLine } from './write-line.ts';

type Body = z.output<typeof commandRoutes.addLogLine.body>;

/** Notes something in the log of the caller's watch. Throws `access.denied`, `record.not-found`. */
export async function addLogLine(
  context: RequestContext,
  { body }: { readonly body: Body },
): Promise<LogLine> {
  context.authorize('duty.keep');
  return context.transaction(async (tx) => {
    const platform = await homePlatform(context, tx, { named: body.platform, capability: 'duty.keep' });
    context.authorizeRecord('duty.keep', platform);
    const { text, warning, workOrder, forHandover, key, call } = body;
    const told = { text, warning, workOrder, forHandover, key };
    const { id, isNew } = await writeLine(
      context,
      tx,
      platform,
      call === undefined
        ? { kind: 'note', ...told }
        : { kind: 'call', contact: call.contact, outcome: call.outcome, ...told },
    );
    if (isNew) {
      const { place, scenario } = platform;
      await audit(context, tx, {
        action: 'duty-log.add',
        subject: `duty-log/${id}`,
        after: body,
        place,
        scenario,
      });
    }
    return showLine(await loadLine(tx, id), context.actor);
  });
}
