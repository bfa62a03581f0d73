import { AppError } from '#base';
import type { SocialReport, SuspectedEvent } from '#contract/monitoring';
import { audit, type RequestContext } from '#services/context';
import { sql } from 'kysely';

import { loadEvents } from './event-view.ts';
import { placeReport, type ReportPlace } from './place-report.ts';
import { storeReport } from './store-report.ts';

/**
 * 社会感知: what somebody reports. It lies where it is, as far as the one who reports reaches; else with their own platform. Throws
 * `record.not-found` for an object or element there is not.
 */
export async function reportEvent(
  context: RequestContext,
  { body }: { readonly body: SocialReport },
): Promise<SuspectedEvent> {
  context.authorize('event.report');
  return context.transaction(async (tx) => {
    const found = await placeReport(tx, body);
    if (body.object !== undefined && found?.object === undefined)
      throw new AppError('record.not-found', { what: '监测对象', id: body.object });
    if (body.element !== undefined) {
      const element = await tx
        .selectFrom('element')
        .select('code')
        .where('code', '=', body.element)
        .executeTakeFirst();
      if (!element) throw new AppError('record.not-found', { what: '监测要素', id: body.element });
    }
    const where = within(context, found);
    context.authorizeRecord('event.report', where);
    const { accountId: reporter, name: by } = context.actor;
    const reported = { source: null, reporter, by, at: context.now(), simulated: false };
    const id = await storeReport(tx, body, where, reported);
    const { place, scenario } = where;
    await audit(context, tx, {
      action: 'suspected-event.report',
      subject: `suspected-event/${id}`,
      after: { kind: body.kind, object: body.object },
      place,
      scenario,
    });
    const [event] = await loadEvents(tx, context.actor, sql`where e.id = ${id}`);
    if (!event) throw new AppError('record.not-found', { what: '疑似事件', id });
    return event;
  });
}

const NOWHERE: ReportPlace = {
  object: null,
  place: null,
  scenario: null,
  lat: null,
  lon: null,
  simulated: false,
};

function within({ actor }: RequestContext, found: ReportPlace | undefined): ReportPlace {
  if (found && actor.rights.mayAt('event.report', found)) return found;
  const { places, scenarios } = actor.rights.scopeOf('event.report');
  const home = { place: places[0]?.from ?? null, scenario: places[0] ? null : (scenarios[0] ?? null) };
  return { ...(found ?? NOWHERE), object: null, ...home };
}
