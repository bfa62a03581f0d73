import { accountRoutes } from '#contract/platform';
import { Alert, Button, Input } from 'antd';
import { type ReactElement, useId, useState } from 'react';

import { call } from '../../app/call.ts';
import { Failure } from '../../ui/states.tsx';
import { Field } from './field.tsx';
import { pasteRows } from './paste-rows.ts';
import { type BulkBody, useChange } from './queries.ts';
import { BULK_TEXT, FORM_TEXT } from './text.ts';

const LIMIT = accountRoutes.BULK_LIMIT;

/** A pasted table: a trial names every fault by row, and only a table without any is handed in. */
export function BulkForm(): ReactElement {
  const id = useId();
  const [text, setText] = useState('');
  const [reason, setReason] = useState('');
  const bulk = useChange((body: BulkBody) => call(accountRoutes.requestAccounts, { body }));
  const rows = pasteRows(text);
  const tooMany = rows.length > LIMIT;
  const ready = rows.length > 0 && !tooMany && reason.trim().length >= 5;
  const send = (dryRun: boolean): void => bulk.mutate({ dryRun, rows, reason: reason.trim() });
  const fine = bulk.data !== undefined && bulk.data.faults.length === 0 && bulk.data.batch === null;
  const edit = (next: string): void => {
    setText(next);
    bulk.reset();
  };
  return (
    <form
      className="people-bulk panel"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) send(!fine);
      }}
    >
      <p>{BULK_TEXT.intro}</p>
      <p className="quiet">{BULK_TEXT.roleHint}</p>
      <Field id={`${id}-paste`} label={BULK_TEXT.paste}>
        <Input.TextArea
          id={`${id}-paste`}
          rows={8}
          spellCheck={false}
          value={text}
          placeholder={BULK_TEXT.sample}
          onChange={({ target }) => edit(target.value)}
        />
      </Field>
      <Field id={`${id}-reason`} label={FORM_TEXT.reason} hint={FORM_TEXT.reasonHint}>
        <Input
          id={`${id}-reason`}
          maxLength={500}
          value={reason}
          onChange={({ target }) => setReason(target.value)}
        />
      </Field>
      {tooMany && <Alert type="error" showIcon role="alert" title={BULK_TEXT.tooMany(LIMIT)} />}
      {bulk.error && <Failure error={bulk.error} />}
      {bulk.data && <Outcome reply={bulk.data} />}
      <div className="people-acts">
        <Button
          type={fine ? 'default' : 'primary'}
          disabled={!ready}
          loading={bulk.isPending}
          onClick={() => send(true)}
        >
          {BULK_TEXT.check}
        </Button>
        <Button
          type={fine ? 'primary' : 'default'}
          disabled={!ready || !fine}
          loading={bulk.isPending}
          onClick={() => send(false)}
        >
          {BULK_TEXT.send(rows.length)}
        </Button>
      </div>
    </form>
  );
}

interface Reply {
  readonly rows: number;
  readonly batch: number | null;
  readonly faults: readonly {
    readonly row: number;
    readonly username: string;
    readonly faults: readonly string[];
  }[];
}

function Outcome({ reply }: { readonly reply: Reply }): ReactElement {
  if (reply.batch !== null)
    return <Alert type="success" showIcon title={BULK_TEXT.sent(reply.rows, reply.batch)} />;
  if (reply.faults.length === 0) return <Alert type="success" showIcon title={BULK_TEXT.fine(reply.rows)} />;
  return (
    <>
      <Alert type="error" showIcon role="alert" title={BULK_TEXT.faults(reply.faults.length, reply.rows)} />
      <div className="rows-frame people-faults">
        <table className="rows">
          <thead>
            <tr>
              <th scope="col">{BULK_TEXT.row}</th>
              <th scope="col">{FORM_TEXT.username}</th>
              <th scope="col">{BULK_TEXT.fault}</th>
            </tr>
          </thead>
          <tbody>
            {reply.faults.map(({ row, username, faults }) => (
              <tr key={row}>
                <td className="figures">{row}</td>
                <td>{username}</td>
                <td>
                  <ul>
                    {faults.map((fault) => (
                      <li key={fault}>{fault}</li>
                    ))}
                  </ul>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
