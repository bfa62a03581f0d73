import type { ObjectLimits, OwnLimits } from '#model/standard';
import type { Database } from '#storage';
import type { Kysely } from 'kysely';

/** Limits that objects have of their own now, by the object's number; of all objects unless told which. */
export async function loadOwnLimits(
  db: Kysely<Database>,
  objects?: readonly number[],
): Promise<ReadonlyMap<number, ObjectLimits>> {
  if (objects?.length === 0) return new Map();
  const all = db
    .selectFrom('own_limit')
    .select(['object_id', 'sign_code', 'body'])
    .where('state', '=', 'in-force');
  const rows = await (objects === undefined ? all : all.where('object_id', 'in', [...objects])).execute();
  const limits = new Map<number, Record<string, OwnLimits>>();
  for (const { object_id, sign_code, body } of rows)
    limits.set(object_id, { ...limits.get(object_id), [sign_code]: body });
  return limits;
}
