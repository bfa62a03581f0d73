import { Alert, Button } from 'antd';
import type { ReactElement } from 'react';

import { CONFLICT_TEXT } from './text.ts';
import type { Edit } from './use-edit.ts';

interface ConflictNoticeProps {
  readonly edit: Edit;
  readonly labelOf: (field: string) => string;
  /** How a value is read; the text itself unless told. */
  readonly textOf?: (field: string, value: string) => string;
}

/** Somebody saved first: what was taken over, and both values where two people changed the same. */
export function ConflictNotice({ edit, labelOf, textOf }: ConflictNoticeProps): ReactElement | null {
  if (!edit.conflict) return null;
  const { taken, clashes } = edit.conflict;
  const show = (field: string, value: string): string =>
    (textOf?.(field, value) ?? value) || CONFLICT_TEXT.blank;
  return (
    <Alert
      type="warning"
      showIcon
      role="alert"
      title={CONFLICT_TEXT.title}
      description={
        <div className="conflict">
          {taken.length > 0 && <p>{CONFLICT_TEXT.taken(taken.map(labelOf).join('、'))}</p>}
          {clashes.length > 0 && (
            <table className="rows">
              <thead>
                <tr>
                  {CONFLICT_TEXT.columns.map((column) => (
                    <th key={column} scope="col">
                      {column}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {clashes.map((clash) => (
                  <tr key={clash.field}>
                    <th scope="row">{labelOf(clash.field)}</th>
                    <td>{show(clash.field, clash.mine)}</td>
                    <td>
                      {show(clash.field, clash.theirs)}{' '}
                      <Button size="small" onClick={() => edit.takeTheirs(clash)}>
                        {CONFLICT_TEXT.take}
                      </Button>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
          <p>{CONFLICT_TEXT.again}</p>
        </div>
      }
    />
  );
}
