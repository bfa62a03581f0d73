import type { ReactElement, ReactNode } from 'react';

interface RowsTableProps {
  readonly columns: readonly string[];
  /** What the table holds, where no heading says so. */
  readonly label?: string | undefined;
  /** Beside `rows` and `rows-cards`. */
  readonly className?: string;
  /** The rows; on the phone each becomes a card whose cells name themselves by `data-label`. */
  readonly children: ReactNode;
}

/** A table on the desk, cards on the phone. */
export function RowsTable({ columns, label, className = '', children }: RowsTableProps): ReactElement {
  return (
    <table className={`rows rows-cards ${className}`.trim()} aria-label={label}>
      <thead>
        <tr>
          {columns.map((column, i) => (
            // oxlint-disable-next-line react/no-array-index-key -- columns never move
            <th key={i} scope="col">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  );
}
