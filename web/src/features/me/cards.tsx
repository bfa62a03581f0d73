import type { ReactElement, ReactNode } from 'react';

interface CardsProps {
  readonly label: string;
  readonly columns: readonly string[];
  readonly rows: readonly { readonly key: number; readonly cells: readonly ReactNode[] }[];
}

/** A small table on the desk, cards on the phone. */
export function Cards({ label, columns, rows }: CardsProps): ReactElement {
  return (
    <div className="me-frame">
      <table className="rows me-rows" aria-label={label}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, cells }) => (
            <tr key={key}>
              {cells.map((cell, i) => (
                <td key={columns[i]} data-label={columns[i]}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
