import type { IdentityMapping } from '#contract/platform';
import { ROLE_TEXT } from '#model/platform';
import { Button, Popconfirm, Switch } from 'antd';
import type { ReactElement } from 'react';

import { StateTag } from '../../ui/state-tag.tsx';
import { TEXT } from './text.ts';

interface MappingTableProps {
  readonly items: readonly IdentityMapping[];
  readonly busy: boolean;
  readonly onEdit: (item: IdentityMapping) => void;
  readonly onSave: (edit: (items: readonly IdentityMapping[]) => readonly IdentityMapping[]) => void;
}

export function MappingTable({ items, busy, onEdit, onSave }: MappingTableProps): ReactElement | null {
  if (items.length === 0) return null;
  const [order, claim, gives, on, note] = TEXT.columns;
  return (
    <div className="rows-frame">
      <table className="rows identity-rows">
        <thead>
          <tr>
            {TEXT.columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={item.id}>
              <td data-label={order}>{item.priority}</td>
              <td data-label={claim} className="identity-code">
                {TEXT.is(item.claim, item.value)}
              </td>
              <td data-label={gives}>
                {item.role === null ? <StateTag tone="late">{TEXT.bars}</StateTag> : ROLE_TEXT[item.role]}
                <div className="quiet">{placeText(item)}</div>
              </td>
              <td data-label={on}>
                <Switch
                  size="small"
                  checked={item.enabled}
                  disabled={busy}
                  aria-label={TEXT.switchOn(TEXT.is(item.claim, item.value))}
                  onChange={(enabled) =>
                    onSave((all) => all.map((one) => (one.id === item.id ? { ...one, enabled } : one)))
                  }
                />
              </td>
              <td data-label={note}>{item.note ?? '—'}</td>
              <td>
                <div className="identity-acts">
                  <Button size="small" onClick={() => onEdit(item)}>
                    {TEXT.edit}
                  </Button>
                  <Popconfirm
                    title={TEXT.removeSure}
                    description={TEXT.removeWhy}
                    okText={TEXT.remove}
                    cancelText={TEXT.cancel}
                    onConfirm={() => onSave((all) => all.filter(({ id }) => id !== item.id))}
                  >
                    <Button size="small" disabled={busy}>
                      {TEXT.remove}
                    </Button>
                  </Popconfirm>
                </div>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function placeText({ platform, platformClaim }: IdentityMapping): string {
  if (platform !== null) return TEXT.at(platform);
  return platformClaim === null ? '' : TEXT.byClaim(platformClaim);
}
