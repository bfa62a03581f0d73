import type { WorkOrderDetail } from '#contract/response';
import { DISPOSAL_RESULTS, DISPOSAL_TYPES, type DisposalType } from '#model/standard';
import type { Tx } from '#storage';
import { sql } from 'kysely';

type Amendment = WorkOrderDetail['amendments'][number];

/** What was put right of a closed record, the oldest first. */
export async function loadAmendments(tx: Tx, order: number): Promise<Amendment[]> {
  const { rows } = await sql<Omit<Amendment, 'fieldText'>>`
    select id, field, was, reads, reason, at, by from closure_amendment where work_order_id = ${order} order by id`.execute(
    tx,
  );
  return rows.map((row) => ({ ...row, fieldText: fieldText(row.field) }));
}

function fieldText(field: string): string {
  const [type = '', name] = field.split('.');
  if (!Object.hasOwn(DISPOSAL_TYPES, type)) return '处置说明';
  const known = type as DisposalType;
  const asked = DISPOSAL_RESULTS[known].find((one) => one.field === name);
  return `${DISPOSAL_TYPES[known]} · ${asked?.text ?? ''}`;
}
