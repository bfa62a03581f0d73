import { type Dependency, dependencyRoutes } from '#contract/platform';
import {
  DEPENDENCY_KINDS,
  DEPENDENCY_SOURCE_TEXT,
  DEPENDENCY_TEXT,
  type DependencyKind,
} from '#model/warning';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Input, Popconfirm } from 'antd';
import { type ReactElement, useDeferredValue, useState } from 'react';

import { call } from '../../../app/call.ts';
import { useCan } from '../../../app/session.ts';
import { useNow } from '../../../app/use-now.ts';
import { Choice } from '../../../ui/choice.tsx';
import { MoreButton } from '../../../ui/more-button.tsx';
import { RowsTable } from '../../../ui/rows-table.tsx';
import { StateTag } from '../../../ui/state-tag.tsx';
import { Empty, Failure, Resource } from '../../../ui/states.tsx';
import { DependencyForm } from './dependency-form.tsx';
import { dependenciesQuery, useAct } from './queries.ts';
import { EDGE_TEXT } from './text.ts';

/** 依赖关系: who feels it when something fails; told here or brought by a sheet. */
export function Dependencies(): ReactElement {
  const [text, setText] = useState('');
  const [kind, setKind] = useState<DependencyKind>();
  const [isAdding, setAdding] = useState(false);
  const search = useDeferredValue(text.trim());
  const query = useInfiniteQuery(dependenciesQuery({ search, kind }));
  const mayManage = useCan('dependency.manage');
  const rows = query.data?.pages.flatMap((page) => page.items) ?? [];
  const isFiltered = search !== '' || kind !== undefined;
  return (
    <>
      <p className="quiet">{EDGE_TEXT.intro}</p>
      <div className="filters" role="search">
        <Input
          allowClear
          className="cascade-search"
          aria-label={EDGE_TEXT.search}
          placeholder={EDGE_TEXT.search}
          value={text}
          onChange={({ target }) => setText(target.value)}
        />
        <Choice
          label={EDGE_TEXT.kind}
          values={DEPENDENCY_KINDS}
          textOf={(one) => DEPENDENCY_TEXT[one]}
          value={kind}
          onChange={setKind}
        />
        {mayManage && (
          <>
            <Button type="primary" onClick={() => setAdding(true)}>
              {EDGE_TEXT.add}
            </Button>
            <Link to="/platforms/import" search={{ kind: 'dependencies' }}>
              {EDGE_TEXT.import}
            </Link>
          </>
        )}
      </div>
      <Resource query={query} rows={8}>
        {() =>
          rows.length === 0 ? (
            <Empty
              title={isFiltered ? EDGE_TEXT.noneFound : EDGE_TEXT.none}
              {...(isFiltered ? {} : { hint: EDGE_TEXT.noneHint })}
            />
          ) : (
            <section className="panel">
              <RowsTable columns={EDGE_TEXT.columns}>
                {rows.map((row) => (
                  <DependencyRow key={row.id} row={row} />
                ))}
              </RowsTable>
              <MoreButton count={rows.length} query={query} />
            </section>
          )
        }
      </Resource>
      {isAdding && <DependencyForm onClose={() => setAdding(false)} />}
    </>
  );
}

function DependencyRow({ row }: { readonly row: Dependency }): ReactElement {
  const now = useNow(60_000);
  const [from, to, kind, lead, basis] = EDGE_TEXT.columns;
  const remove = useAct(() => call(dependencyRoutes.deleteDependency, { params: { id: row.id } }));
  return (
    <tr>
      <td data-label={from}>
        {row.from.name} <span className="quiet figures">{row.from.code}</span>
      </td>
      <td data-label={to}>
        {row.to.name} <span className="quiet figures">{row.to.code}</span>
      </td>
      <td data-label={kind}>
        {DEPENDENCY_TEXT[row.kind]}{' '}
        {row.validTo !== null && row.validTo <= now && <StateTag tone="quiet">{EDGE_TEXT.ended}</StateTag>}
        {row.reason !== null && <div className="quiet">{row.reason}</div>}
      </td>
      <td data-label={lead} className="nowrap figures">
        {row.leadMinutes === null ? EDGE_TEXT.byRule : EDGE_TEXT.minutes(row.leadMinutes)}
      </td>
      <td data-label={basis}>
        {row.basis}
        <div className="quiet">
          {DEPENDENCY_SOURCE_TEXT[row.source]} · {row.editedBy}
        </div>
      </td>
      <td>
        {row.allowedActions.includes('delete') && (
          <Popconfirm
            title={EDGE_TEXT.deleteAsk}
            okText={EDGE_TEXT.yes}
            cancelText={EDGE_TEXT.no}
            onConfirm={() => remove.mutate(undefined)}
          >
            <Button
              size="small"
              loading={remove.isPending}
              aria-label={`${EDGE_TEXT.delete} ${row.from.name} ${row.to.name}`}
            >
              {EDGE_TEXT.delete}
            </Button>
          </Popconfirm>
        )}
        {remove.error && <Failure error={remove.error} />}
      </td>
    </tr>
  );
}
