import type { ObjectKind } from '#contract/platform';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { type ReactElement, useState } from 'react';

import { useCan } from '../../../app/session.ts';
import { StateTag } from '../../../ui/state-tag.tsx';
import { Resource } from '../../../ui/states.tsx';
import { KindDialog } from './kind-dialog.tsx';
import { kindsQuery } from './queries.ts';
import { LEDGER_TEXT } from './text.ts';
import { RowsTable } from '../../../ui/rows-table.tsx';

/** 对象类别: which kinds a scenario watches, and which elements each of them must have. */
export function KindPanel({ scenario }: { readonly scenario: string | undefined }): ReactElement {
  const query = useQuery(kindsQuery(scenario));
  const may = useCan('object.manage');
  const [editing, setEditing] = useState<ObjectKind | 'new'>();
  const [, ELEMENTS, BASIS] = LEDGER_TEXT.kindColumns;
  return (
    <details className="panel">
      <summary>
        <strong>{LEDGER_TEXT.kinds}</strong> <span className="quiet">{LEDGER_TEXT.kindsHint}</span>
      </summary>
      {may && (
        <p className="standard-acts">
          <Button disabled={scenario === undefined} onClick={() => setEditing('new')}>
            {LEDGER_TEXT.addKind}
          </Button>
          {scenario === undefined && <span className="quiet">{LEDGER_TEXT.needScenario}</span>}
        </p>
      )}
      <Resource query={query}>
        {({ items }) => (
          <div className="rows-frame">
            <RowsTable columns={LEDGER_TEXT.kindColumns}>
              {items.map((kind) => (
                <tr key={kind.id}>
                  <th scope="row">
                    {kind.name}{' '}
                    {kind.editedBy !== null && <StateTag tone="quiet">{LEDGER_TEXT.edited}</StateTag>}
                    <span className="quiet row-code">
                      {kind.code} · {kind.scenarioName}
                    </span>
                  </th>
                  <td data-label={ELEMENTS}>{kind.elements.map(({ name }) => name).join('、')}</td>
                  <td data-label={BASIS}>
                    {kind.basis}
                    {kind.allowedActions.includes('edit') && (
                      <Button size="small" onClick={() => setEditing(kind)}>
                        {LEDGER_TEXT.edit}
                      </Button>
                    )}
                  </td>
                </tr>
              ))}
            </RowsTable>
          </div>
        )}
      </Resource>
      {editing !== undefined && (
        <KindDialog
          kind={editing === 'new' ? undefined : editing}
          scenario={editing === 'new' ? (scenario ?? '') : editing.scenario}
          onClose={() => setEditing(undefined)}
        />
      )}
    </details>
  );
}
