import type { IntakeKindRow } from '#contract/monitoring';
import { useQuery } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { type ReactElement, useState } from 'react';

import { formatNumber } from '../../../app/format.ts';
import { useCan } from '../../../app/session.ts';
import { RowsTable } from '../../../ui/rows-table.tsx';
import { Failure, Resource } from '../../../ui/states.tsx';
import { ElementLookUp } from '../../../ui/look-up.tsx';
import { kindsQuery, usePutKinds } from './source-queries.ts';
import { SOURCE_TEXT } from './text.ts';

/** What each kind that a source has sent means. */
export function KindsTable({ source }: { readonly source: number }): ReactElement {
  const query = useQuery(kindsQuery(source));
  return (
    <Resource query={query} rows={3}>
      {({ items }) =>
        items.length === 0 ? (
          <p className="quiet">{SOURCE_TEXT.noKinds}</p>
        ) : (
          <Kinds source={source} items={items} />
        )
      }
    </Resource>
  );
}

type Change = Partial<Pick<IntakeKindRow, 'element' | 'suspectedValue' | 'confirmedValue'>>;

function Kinds({
  source,
  items,
}: {
  readonly source: number;
  readonly items: readonly IntakeKindRow[];
}): ReactElement {
  const [changes, setChanges] = useState<Readonly<Record<string, Change>>>({});
  const mayManage = useCan('device.manage');
  const saving = usePutKinds(source);
  const change = (kind: string, part: Change): void =>
    setChanges({ ...changes, [kind]: { ...changes[kind], ...part } });
  const save = (): void => {
    const kinds = items
      .filter(({ kind }) => changes[kind] !== undefined)
      .map((row) => ({ ...row, ...changes[row.kind] }))
      .map(({ kind, name, element, suspectedValue, confirmedValue }) => ({
        kind,
        name,
        element,
        suspectedValue,
        confirmedValue,
      }));
    saving.mutate({ kinds }, { onSuccess: () => setChanges({}) });
  };
  return (
    <>
      <RowsTable columns={SOURCE_TEXT.kindColumns} className="intake-kinds">
        {items.map((row) => (
          <KindRow
            key={row.kind}
            row={{ ...row, ...changes[row.kind] }}
            mayManage={mayManage}
            onChange={(part) => change(row.kind, part)}
          />
        ))}
      </RowsTable>
      {saving.error && <Failure error={saving.error} />}
      {mayManage && (
        <div className="event-acts">
          <Button disabled={Object.keys(changes).length === 0} loading={saving.isPending} onClick={save}>
            {SOURCE_TEXT.saveKinds}
          </Button>
        </div>
      )}
    </>
  );
}

interface KindRowProps {
  readonly row: IntakeKindRow;
  readonly mayManage: boolean;
  readonly onChange: (part: Change) => void;
}

function KindRow({ row, mayManage, onChange }: KindRowProps): ReactElement {
  const [kind, element, suspected, confirmed, seen] = SOURCE_TEXT.kindColumns;
  return (
    <tr>
      <td data-label={kind}>
        {row.name ?? row.kind} {row.name !== null && <span className="code quiet">{row.kind}</span>}
      </td>
      <td data-label={element}>
        {mayManage ? (
          <ElementLookUp
            label={`${row.kind} ${element}`}
            value={row.element ?? undefined}
            valueName={row.elementName ?? undefined}
            onChange={(code) => onChange({ element: code ?? null })}
          />
        ) : (
          (row.elementName ?? row.element ?? '—')
        )}
      </td>
      <td data-label={suspected}>
        <NumberCell
          label={`${row.kind} ${suspected}`}
          value={row.suspectedValue}
          disabled={!mayManage}
          onChange={(suspectedValue) => onChange({ suspectedValue })}
        />
      </td>
      <td data-label={confirmed}>
        <NumberCell
          label={`${row.kind} ${confirmed}`}
          value={row.confirmedValue}
          disabled={!mayManage}
          onChange={(value) => onChange({ confirmedValue: value ?? 1 })}
        />
      </td>
      <td data-label={seen}>{formatNumber(row.seen)}</td>
    </tr>
  );
}

interface NumberCellProps {
  readonly label: string;
  readonly value: number | null;
  readonly disabled: boolean;
  readonly onChange: (value: number | null) => void;
}

function NumberCell({ label, value, disabled, onChange }: NumberCellProps): ReactElement {
  return (
    <Input
      aria-label={label}
      inputMode="decimal"
      disabled={disabled}
      defaultValue={value === null ? '' : String(value)}
      onChange={({ target }) => {
        const text = target.value.trim();
        if (text === '') onChange(null);
        else if (Number.isFinite(Number(text))) onChange(Number(text));
      }}
    />
  );
}
