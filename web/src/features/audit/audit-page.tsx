import './audit.css';

import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Button } from 'antd';
import type { ReactElement } from 'react';

import { platformSections } from '../../app/platform-sections.ts';
import { useCan, useSession } from '../../app/session.ts';
import { MoreButton } from '../../ui/more-button.tsx';
import { PageHead } from '../../ui/page-head.tsx';
import { SectionTabs } from '../../ui/section-tabs.tsx';
import { Empty, Failure, Resource } from '../../ui/states.tsx';
import { AuditFilters } from './audit-filters.tsx';
import { auditListQuery, useExport } from './audit-queries.ts';
import { AuditRow } from './audit-row.tsx';
import { ChainState } from './chain-state.tsx';
import type { AuditSearch } from './search.ts';
import { TEXT } from './text.ts';

/** 平台体系 · 审计: the chain's state, and every change with who, what and where. */
export function AuditPage(): ReactElement {
  const session = useSession();
  const search = useSearch({ from: '/desk/platforms/audit' });
  const navigate = useNavigate();
  const query = useInfiniteQuery(auditListQuery(search));
  const find = (next: AuditSearch): void =>
    void navigate({ to: '/platforms/audit', search: next, replace: true });
  const searching = Object.keys(search).length > 0;
  return (
    <>
      <PageHead title={TEXT.title} hint={TEXT.hint} extra={<ExportButtons search={search} />} />
      <SectionTabs label={TEXT.module} sections={session ? platformSections(session) : []} />
      <ChainState />
      <AuditFilters key={JSON.stringify(search)} search={search} onSearch={find} />
      <Resource query={query} rows={10}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length === 0)
            return (
              <Empty
                title={searching ? TEXT.none : TEXT.empty}
                hint={searching ? TEXT.noneHint : undefined}
              />
            );
          return (
            <div className="rows-frame">
              <table className="rows audit-rows">
                <thead>
                  <tr>
                    {TEXT.columns.map((column) => (
                      <th key={column} scope="col">
                        {column}
                      </th>
                    ))}
                    <th scope="col" aria-label={TEXT.more} />
                  </tr>
                </thead>
                <tbody>
                  {items.map((entry) => (
                    <AuditRow key={entry.id} entry={entry} />
                  ))}
                </tbody>
              </table>
              <MoreButton count={items.length} query={query} />
            </div>
          );
        }}
      </Resource>
    </>
  );
}

function ExportButtons({ search }: { readonly search: AuditSearch }): ReactElement | null {
  const mayExport = useCan('audit.export');
  const { mutate, isPending, variables, error } = useExport(search);
  if (!mayExport) return null;
  return (
    <>
      {error && <Failure error={error} />}
      <Button loading={isPending && variables === 'csv'} disabled={isPending} onClick={() => mutate('csv')}>
        {TEXT.exportCsv}
      </Button>
      <Button
        loading={isPending && variables === 'ndjson'}
        disabled={isPending}
        onClick={() => mutate('ndjson')}
      >
        {TEXT.exportJson}
      </Button>
    </>
  );
}
