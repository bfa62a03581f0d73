import { type SignImport, type StandardDraftDetail, versionRoutes } from '#contract/standard';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, Button } from 'antd';
import { type ReactElement, useId, useState } from 'react';

import { call } from '../../../app/call.ts';
import { Failure } from '../../../ui/states.tsx';
import { SHEET_TEXT } from '../draft-text.ts';
import { ChangeTable } from './compare.tsx';

const SHEET = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** The sign table as a spreadsheet: out, and back in after it has been checked row by row. */
export function Sheet({ draft }: { readonly draft: StandardDraftDetail }): ReactElement {
  const id = useId();
  const client = useQueryClient();
  const [file, setFile] = useState<File>();
  const reading = useMutation({
    mutationFn: (one: { readonly file: File; readonly dryRun: boolean }) =>
      call(versionRoutes.importSigns, {
        params: { id: draft.id },
        query: { version: draft.version, dryRun: one.dryRun ? 'true' : 'false' },
        // Browsers name the type by the computer's own registry, which need not know it.
        raw: new Blob([one.file], { type: SHEET }),
      }),
    onSuccess: (_, { dryRun }) => {
      if (!dryRun) void client.invalidateQueries({ queryKey: ['standard'] });
    },
  });
  const found = reading.data;
  return (
    <div className="standard-form">
      <p>{SHEET_TEXT.hint}</p>
      <p>
        <a href={`/api/v1/standard-drafts/${draft.id}/signs.xlsx`} download>
          {SHEET_TEXT.download}
        </a>
      </p>
      {draft.allowedActions.includes('edit') && (
        <div className="standard-field">
          <label htmlFor={id}>{SHEET_TEXT.choose}</label>
          <input
            id={id}
            type="file"
            accept=".xlsx"
            onChange={({ target }) => {
              const [one] = target.files ?? [];
              setFile(one);
              if (one) reading.mutate({ file: one, dryRun: true });
            }}
          />
        </div>
      )}
      {reading.error && <Failure error={reading.error} />}
      {file && found && (
        <Result
          name={file.name}
          found={found}
          pending={reading.isPending}
          onApply={() => reading.mutate({ file, dryRun: false })}
        />
      )}
    </div>
  );
}

interface ResultProps {
  readonly name: string;
  readonly found: SignImport;
  readonly pending: boolean;
  readonly onApply: () => void;
}

function Result({ name, found, pending, onApply }: ResultProps): ReactElement {
  const { faults, changes, rows, dryRun } = found;
  const title = `${SHEET_TEXT.check(name)} · ${SHEET_TEXT.rows(rows)}`;
  if (!dryRun) return <Alert type="success" showIcon title={SHEET_TEXT.applied(changes.length)} />;
  if (faults.length > 0)
    return (
      <>
        <Alert type="warning" showIcon title={title} />
        <div className="rows-frame">
          <table className="rows">
            <thead>
              <tr>
                {SHEET_TEXT.faults.map((column) => (
                  <th key={column} scope="col">
                    {column}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {faults.map(({ row, column, message }) => (
                <tr key={`${row} ${column} ${message}`}>
                  <td className="figures">{row}</td>
                  <td>{column}</td>
                  <td>{message}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </>
    );
  return (
    <>
      <Alert
        type="success"
        showIcon
        title={title}
        description={SHEET_TEXT.clean(changes.length)}
        action={
          <Button type="primary" loading={pending} disabled={changes.length === 0} onClick={onApply}>
            {SHEET_TEXT.apply}
          </Button>
        }
      />
      {changes.length > 0 && <ChangeTable changes={changes} />}
    </>
  );
}
