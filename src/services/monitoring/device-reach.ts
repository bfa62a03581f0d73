import { AppError } from '#base';
import type { RequestContext } from '#services/context';
import { sql } from 'kysely';

/**
 * Throws `record.not-found`, naming them, unless the caller reaches each of these devices and every point of theirs. A replay
 * silences a device and returns what it had raised to normal, for everybody: it is nobody's who does not see all of it.
 */
export async function reachDevices(context: RequestContext, codes: readonly string[]): Promise<void> {
  const { rows } = await context.transaction((tx) =>
    // Under row-level security: a point that is not seen is a factor without its point.
    sql<{ code: string }>`
      select d.code from device d where d.code = any(${[...codes]}) and not exists (
        select from device_factor f left join point p on p.id = f.point_id where f.device_id = d.id and p.id is null
      )`.execute(tx),
  );
  const reached = new Set(rows.map(({ code }) => code));
  const missing = codes.filter((code) => !reached.has(code));
  if (missing.length > 0) {
    throw new AppError('record.not-found', { what: '设备', id: missing.slice(0, 20).join('、') });
  }
}
