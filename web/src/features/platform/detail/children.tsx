import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';

import { formatNumber } from '../../../app/format.ts';
import { Empty, Resource } from '../../../ui/states.tsx';
import { KIND_TEXT } from '../kind-text.ts';
import { NONE, NOT_TOLD } from '../text.ts';
import { childrenQuery } from '../tree/tree-queries.ts';
import { CHILDREN_TEXT } from './text.ts';
import { RowsTable } from '../../../ui/rows-table.tsx';

/** What hangs directly under a platform. */
export function Children({ code }: { readonly code: string }): ReactElement {
  const query = useQuery(childrenQuery(code, true));
  const [name, kind, department, children] = CHILDREN_TEXT.columns;
  return (
    <Resource query={query}>
      {({ items }) =>
        items.length === 0 ? (
          <Empty title={CHILDREN_TEXT.none} />
        ) : (
          <div className="rows-frame">
            <RowsTable columns={CHILDREN_TEXT.columns}>
              {items.map((child) => (
                <tr key={child.id}>
                  <td data-label={name}>
                    <Link className="row-link" to="/platforms/$code" params={{ code: child.code }}>
                      {child.name}
                    </Link>
                  </td>
                  <td data-label={kind}>{KIND_TEXT[child.kind]}</td>
                  <td data-label={department}>
                    {child.department ?? <span className="quiet">{NOT_TOLD}</span>}
                  </td>
                  <td data-label={children} className="figures">
                    {child.children === 0 ? NONE : formatNumber(child.children)}
                  </td>
                </tr>
              ))}
            </RowsTable>
          </div>
        )
      }
    </Resource>
  );
}
