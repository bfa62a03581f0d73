import { AppError } from '#base';
import type { ImportMapping, organisationRoutes } from '#contract/platform';
import { audit, type RequestContext } from '#services/context';
import { sql } from 'kysely';
import type { z } from 'zod';

import { fingerprintOf } from './find-mapping.ts';
import { IMPORT_FIELDS } from './sheet/import-fields.ts';
import { MOST_COLUMNS } from './sheet/read-xlsx.ts';

type Body = z.output<typeof organisationRoutes.createImportMapping.body>;

/** Keeps a mapping of columns for the caller; one of the same name is replaced. Throws `input.invalid`. */
export async function createImportMapping(
  context: RequestContext,
  { body }: { readonly body: Body },
): Promise<ImportMapping> {
  context.authorize('object.manage');
  check(body);
  const { name, kind, columns } = body;
  return context.transaction(async (tx) => {
    const { rows } = await sql<{ id: number; createdAt: number }>`
      insert into import_mapping (account_id, name, kind, fingerprint, columns, created_at)
      values (${context.actor.accountId}, ${name}, ${kind}, ${fingerprintOf(Object.keys(columns))},
        ${JSON.stringify(columns)}::jsonb, ${new Date(context.now())})
      on conflict (account_id, kind, name) do update set fingerprint = excluded.fingerprint, columns = excluded.columns,
        created_at = excluded.created_at
      returning id, created_at as "createdAt"`.execute(tx);
    await audit(context, tx, {
      action: 'import-mapping.save',
      subject: `import-mapping/${name}`,
      after: { kind, columns },
    });
    const [made] = rows;
    if (!made) throw new AppError('record.not-found', { what: '列对应', id: name });
    return { ...made, name, kind, columns };
  });
}

function check({ kind, columns }: Body): void {
  const headers = Object.keys(columns);
  if (headers.length === 0 || headers.length > MOST_COLUMNS) {
    throw new AppError('input.invalid', { issues: `列对应须有 1–${MOST_COLUMNS} 列` });
  }
  const fields = Object.values(columns).filter((field) => field !== null);
  const unknown = fields.find((field) => !IMPORT_FIELDS[kind].some((one) => one.field === field));
  if (unknown !== undefined) throw new AppError('input.invalid', { issues: `没有字段“${unknown}”` });
  if (new Set(fields).size < fields.length) {
    throw new AppError('input.invalid', { issues: '同一个字段只能对应一列' });
  }
}
