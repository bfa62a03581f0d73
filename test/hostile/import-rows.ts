import type { Reply } from './reply.ts';
import type { Asked, Stage } from './stage.ts';

/** For good, not as a dry run: what could do harm is to have its chance. */
export function importRows(
  stage: Stage,
  rows: unknown,
  { query = '', ...asked }: Asked & { readonly query?: string } = {},
): Promise<Reply> {
  const body = typeof rows === 'string' ? rows : JSON.stringify(rows);
  const path = `/api/v1/imports?kind=objects&dryRun=false${query}`;
  return stage.send(path, { method: 'POST', as: 'flood.admin', body, ...asked });
}
