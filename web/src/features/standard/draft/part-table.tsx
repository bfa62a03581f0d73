import { Button } from 'antd';
import type { ReactElement, ReactNode } from 'react';

import { Empty } from '../../../ui/states.tsx';
import { DRAFT_TEXT } from '../draft-text.ts';
import { RowsTable } from '../../../ui/rows-table.tsx';

interface PartRow {
  readonly code: string;
  readonly name: string;
  readonly faults: readonly string[];
  readonly cells: readonly ReactNode[];
  /** Takes it out. */
  readonly remove: ReactNode;
}

interface PartTableProps {
  readonly columns: readonly string[];
  readonly rows: readonly PartRow[];
  readonly none: string;
  readonly mayEdit: boolean;
  readonly onEdit: (code: string) => void;
  readonly add: string;
  readonly onAdd: () => void;
}

/** Elements, items or parameters of a draft: what each is, what the linter says of it, and the form behind it. */
export function PartTable(props: PartTableProps): ReactElement {
  const { columns, rows, none, mayEdit, onEdit, add, onAdd } = props;
  return (
    <>
      {mayEdit && (
        <div className="filters">
          <Button type="primary" ghost onClick={onAdd}>
            {add}
          </Button>
        </div>
      )}
      {rows.length === 0 ? (
        <Empty title={none} />
      ) : (
        <div className="rows-frame">
          <RowsTable columns={columns} className="standard-rows">
            {rows.map(({ code, name, faults, cells, remove }) => (
              <tr key={code}>
                <th scope="row">
                  {name}
                  <span className="quiet row-code">{code}</span>
                  {faults.map((message) => (
                    <span key={message} className="standard-fault">
                      {message}
                    </span>
                  ))}
                </th>
                {cells.map((cell, i) => (
                  <td key={columns[i + 1]} data-label={columns[i + 1]}>
                    {cell}
                  </td>
                ))}
                <td>
                  {mayEdit && (
                    <span className="standard-acts">
                      <Button aria-label={`${DRAFT_TEXT.edit} ${name}`} onClick={() => onEdit(code)}>
                        {DRAFT_TEXT.edit}
                      </Button>
                      {remove}
                    </span>
                  )}
                </td>
              </tr>
            ))}
          </RowsTable>
        </div>
      )}
    </>
  );
}
