import { AppError } from '#base';
import type { Tx } from '#storage';
import { sql } from 'kysely';

/** What its signs need to know of an object, by the parameter's code. */
export type ObjectParameters = Readonly<Record<string, number>>;

/** Throws `input.invalid` with every parameter that no standard knows, or whose number cannot be. */
export async function checkParameters(tx: Tx, parameters: ObjectParameters): Promise<void> {
  const codes = Object.keys(parameters);
  if (codes.length === 0) return;
  const { rows } = await sql<{ code: string; name: string; unit: string; min: number; max: number }>`
    select code, name, unit, range_min as min, range_max as max from parameter where code = any(${codes})`.execute(
    tx,
  );
  const known = new Map(rows.map((row) => [row.code, row]));
  const faults = Object.entries(parameters).flatMap(([code, value]) => {
    const found = known.get(code);
    if (!found) return [`没有对象参数“${code}”`];
    const { name, unit, min, max } = found;
    return value >= min && value <= max ? [] : [`“${name}”须在 ${min}–${max} ${unit} 之间，不能是 ${value}`];
  });
  if (faults.length > 0) throw new AppError('input.invalid', { issues: faults.join('；') });
}
