import { AppError } from '#base';
import type { suppressionRoutes } from '#contract/warning';
import type { Tx } from '#storage';
import { sql } from 'kysely';
import type { z } from 'zod';

type Body = Omit<z.output<typeof suppressionRoutes.changeSuppressionRule.body>, 'version'>;

/** What is wrong with a rule, in a sentence, before anything is asked of the tables. */
function faultOf({ cause, item, reach, objects }: Body): string | undefined {
  if (reach === 'listed' && objects.length === 0) return '“列出的对象”一个也没有';
  if (reach === 'listed' && cause.object === null) return '抑制列出的对象时，须写明起因在哪个对象';
  if (reach !== 'listed' && objects.length > 0) return '只有“列出的对象”才能列对象';
  if (reach === 'same' && cause.kind === 'item' && cause.code === item) return '预警事项不能抑制它自己';
  return undefined;
}

const KNOWN = {
  point: sql`select from point where code =`,
  sign: sql`select from sign where code =`,
  item: sql`select from warning_item where code =`,
} as const;

/** Throws `suppression-rule.faulty` where a rule names what is not there, or can never apply. `scenario` is the rule's. */
export async function checkRule(tx: Tx, body: Body, scenario: number): Promise<void> {
  const fault = faultOf(body);
  if (fault !== undefined) throw new AppError('suppression-rule.faulty', { reason: fault });
  const { cause, item, objects } = body;
  const named = [...objects, ...(cause.object === null ? [] : [cause.object])];
  const { rows } = await sql<{ cause: boolean; item: boolean; objects: number }>`
    select exists (${KNOWN[cause.kind]} ${cause.code}) as cause,
      exists (select from warning_item where code = ${item} and scenario = ${scenario}) as item,
      (select count(*) from monitored_object where id = any(${named}::int[])) as objects`.execute(tx);
  const [found] = rows;
  if (!found?.cause) throw new AppError('suppression-rule.faulty', { reason: `没有起因“${cause.code}”` });
  if (!found.item) throw new AppError('suppression-rule.faulty', { reason: `本场景没有预警事项“${item}”` });
  if (found.objects < new Set(named).size)
    throw new AppError('suppression-rule.faulty', { reason: '列出的对象中有的不存在，或不在您的管辖范围内' });
}
