import { AppError } from '#base';
import type { notificationRoutes, NotificationTemplate } from '#contract/command';
import {
  BUILT_IN_TEMPLATES,
  NOTIFICATION_CAUSE_TEXT,
  NOTIFICATION_CAUSES,
  TEMPLATE_FIELDS,
  unknownFields,
} from '#model/command';
import { levelOf, rankOf } from '#model/warning';
import { audit, type RequestContext } from '#services/context';
import type { Tx } from '#storage';
import type { z } from 'zod';

type Routes = typeof notificationRoutes;
type Params = z.output<Routes['putNotificationTemplate']['params']>;
/** One set of words for all: the district's. */
const DISTRICT = { place: 1, scenario: null };

/** The words of every cause: the built-in ones, and those that people have put in their place. */
export async function listTemplates(context: RequestContext): Promise<{
  items: NotificationTemplate[];
  fields: Record<string, string>;
  mayEdit: boolean;
}> {
  context.authorize('duty.read');
  return context.transaction(async (tx) => ({
    items: await loadAll(tx),
    fields: { ...TEMPLATE_FIELDS },
    mayEdit: context.actor.rights.mayAt('channel.manage', DISTRICT),
  }));
}

/** Puts other words in the place of the built-in ones. Throws `access.denied`, `input.invalid` for a field that there is not. */
export async function putTemplate(
  context: RequestContext,
  {
    params,
    body,
  }: { readonly params: Params; readonly body: z.output<Routes['putNotificationTemplate']['body']> },
): Promise<NotificationTemplate> {
  context.authorize('channel.manage');
  context.authorizeRecord('channel.manage', DISTRICT);
  const unknown = [...unknownFields(body.title), ...unknownFields(body.text)];
  if (unknown.length > 0)
    throw new AppError('input.invalid', {
      issues: `没有字段 ${unknown.join('、')}，可用的是 ${Object.keys(TEMPLATE_FIELDS).join('、')}`,
    });
  return context.transaction(async (tx) => {
    const level = params.level === 'all' ? 0 : rankOf(params.level);
    const words = { ...body, edited_by: context.actor.username, edited_at: new Date(context.now()) };
    await tx
      .insertInto('notification_template')
      .values({ cause: params.cause, level, ...words })
      .onConflict((conflict) => conflict.columns(['cause', 'level']).doUpdateSet(words))
      .execute();
    await audit(context, tx, {
      action: 'notification-template.put',
      subject: `notification-template/${params.cause}/${params.level}`,
      after: body,
      place: DISTRICT.place,
    });
    const all = await loadAll(tx);
    const wanted = params.level === 'all' ? null : params.level;
    const found = all.find((one) => one.cause === params.cause && one.level === wanted);
    if (!found) throw new AppError('record.not-found', { what: '通知模板', id: params.cause });
    return found;
  });
}

/** Goes back to the built-in words. */
export async function resetTemplate(
  context: RequestContext,
  { params }: { readonly params: Params },
): Promise<{ removed: boolean }> {
  context.authorize('channel.manage');
  context.authorizeRecord('channel.manage', DISTRICT);
  return context.transaction(async (tx) => {
    const level = params.level === 'all' ? 0 : rankOf(params.level);
    const { numDeletedRows } = await tx
      .deleteFrom('notification_template')
      .where('cause', '=', params.cause)
      .where('level', '=', level)
      .executeTakeFirstOrThrow();
    await audit(context, tx, {
      action: 'notification-template.reset',
      subject: `notification-template/${params.cause}/${params.level}`,
      place: DISTRICT.place,
    });
    return { removed: numDeletedRows > 0n };
  });
}

async function loadAll(tx: Tx): Promise<NotificationTemplate[]> {
  const rows = await tx.selectFrom('notification_template').selectAll().orderBy('level').execute();
  return NOTIFICATION_CAUSES.flatMap((cause): NotificationTemplate[] => {
    const edited = rows.filter((row) => row.cause === cause);
    const shown = edited.map((row) => ({
      cause,
      causeText: NOTIFICATION_CAUSE_TEXT[cause],
      level: levelOf(row.level) ?? null,
      title: row.title,
      text: row.text,
      builtIn: false,
      editedBy: row.edited_by,
      editedAt: row.edited_at,
    }));
    if (shown.some(({ level }) => level === null)) return shown;
    const { title, text } = BUILT_IN_TEMPLATES[cause];
    const common = { cause, causeText: NOTIFICATION_CAUSE_TEXT[cause], level: null, title, text };
    return [{ ...common, builtIn: true, editedBy: null, editedAt: null }, ...shown];
  });
}
