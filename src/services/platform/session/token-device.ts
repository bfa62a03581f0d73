import { AppError } from '#base';
import type { Tx } from '#storage';
import { sql } from 'kysely';

/**
 * The device a token is to belong to. Throws `record.not-found` for one that is unknown or whose points the issuer may not
 * see, `input.invalid` for a code that two protocols have.
 */
export async function tokenDevice(
  tx: Tx,
  by: { readonly code: string } | { readonly id: number },
): Promise<number> {
  const named = 'code' in by ? sql`d.code = ${by.code}` : sql`d.id = ${by.id}`;
  const { rows } = await sql<{ id: number; foreign: boolean }>`
    select d.id, exists (
      select from device_factor f left join point p on p.id = f.point_id where f.device_id = d.id and p.id is null
    ) as foreign
    from device d where ${named} limit 2`.execute(tx);
  const [row] = rows;
  const what = 'code' in by ? by.code : by.id;
  if (!row || row.foreign) throw new AppError('record.not-found', { what: '设备', id: what });
  if (rows.length > 1) {
    throw new AppError('input.invalid', {
      issues: `设备编码“${what}”在几种协议下都有，请先改成不同的编码`,
    });
  }
  return row.id;
}
