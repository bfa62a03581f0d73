import type { NotificationCause, Template } from '#model/command';
import type { Tx } from '#storage';

export type TemplateOf = (cause: NotificationCause, rank: number) => Template | undefined;

/** The words that people have put in the place of the built-in ones: those of the level before those of every level. */
export async function loadTemplates(tx: Tx): Promise<TemplateOf> {
  const rows = await tx
    .selectFrom('notification_template')
    .select(['cause', 'level', 'title', 'text'])
    .execute();
  const by = new Map(rows.map((row) => [`${row.cause} ${row.level}`, row]));
  return (cause, rank) => by.get(`${cause} ${rank}`) ?? by.get(`${cause} 0`);
}
