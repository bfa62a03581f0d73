import { auditRoutes } from '#contract/platform';
import { infiniteQueryOptions, keepPreviousData, queryOptions, useMutation } from '@tanstack/react-query';

import { call, CallError } from '../../app/call.ts';
import { type AuditSearch, auditQuery } from './search.ts';

const START: string | undefined = undefined;
const next = ({ next }: { readonly next: string | null }): string | undefined => next ?? undefined;
/** Sealing makes no events of its own; an open page asks again. */
const STATE_EVERY_MS = 15_000;

export const auditListQuery = (search: AuditSearch) =>
  infiniteQueryOptions({
    queryKey: ['audit', 'list', search],
    queryFn: ({ pageParam, signal }) =>
      call(auditRoutes.listAudit, { query: { ...auditQuery(search), after: pageParam }, signal }),
    initialPageParam: START,
    getNextPageParam: next,
    placeholderData: keepPreviousData,
  });

export const auditStateQuery = queryOptions({
  queryKey: ['audit', 'state'],
  queryFn: ({ signal }) => call(auditRoutes.getAuditState, { signal }),
  refetchInterval: STATE_EVERY_MS,
});

export type ExportFormat = 'csv' | 'ndjson';

/** Fetches the file and hands it to the browser; a refusal comes as its sentence, not as a page of JSON. */
export function useExport(search: AuditSearch) {
  return useMutation({
    mutationFn: async (format: ExportFormat) => {
      const asked = Object.entries({ ...auditQuery(search), format }).filter(
        ([, value]) => value !== undefined,
      );
      const query = new URLSearchParams(asked.map(([name, value]) => [name, String(value)]));
      const reply = await fetch(`${auditRoutes.exportAudit.path}?${query.toString()}`).catch(() => {
        throw new CallError(0, 'network', '连不上服务器。请检查网络后重试。');
      });
      if (!reply.ok) throw await refusal(reply);
      save(await reply.blob(), nameOf(reply) ?? `audit.${format}`);
    },
  });
}

async function refusal(reply: Response): Promise<CallError> {
  const problem = (await reply.json().catch(() => ({}))) as { code?: string; detail?: string };
  return new CallError(
    reply.status,
    problem.code ?? 'internal',
    problem.detail ?? `服务器回答 ${reply.status}`,
  );
}

function nameOf(reply: Response): string | undefined {
  const encoded = /filename\*=UTF-8''(\S+)$/u.exec(reply.headers.get('content-disposition') ?? '')?.[1];
  return encoded === undefined ? undefined : decodeURIComponent(encoded);
}

function save(file: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
