import { PlusOutlined } from '@ant-design/icons';
import type { Quarantined } from '#contract/monitoring';
import { PROTOCOLS } from '#model/monitoring';
import { Alert, Button, Checkbox, Drawer, Input, Select } from 'antd';
import { type ReactElement, useId, useState } from 'react';

import {
  type AdoptForm,
  bodyOf,
  CRCS,
  emptyRow,
  type MappingRow,
  PROTOCOL_CODES,
  startForm,
} from './adopt-form.ts';
import { MappingFields } from './mapping-fields.tsx';
import { useCreateDevice } from './monitoring-queries.ts';
import { Taken } from './taken.tsx';
import { ADOPT_TEXT } from './text.ts';

interface AdoptDrawerProps {
  readonly open: boolean;
  /** The quarantined device to adopt; absent to register one that has not spoken. */
  readonly unknown?: Quarantined | undefined;
  readonly onClose: () => void;
}

export function AdoptDrawer({ open, unknown, onClose }: AdoptDrawerProps): ReactElement {
  return (
    <Drawer open={open} onClose={onClose} size="min(720px, 100vw)" title={ADOPT_TEXT.title} destroyOnHidden>
      <Adopt key={unknown?.id} unknown={unknown} onDone={onClose} />
    </Drawer>
  );
}

function Adopt({
  unknown,
  onDone,
}: {
  readonly unknown: Quarantined | undefined;
  readonly onDone: () => void;
}): ReactElement {
  const id = useId();
  const [form, setForm] = useState<AdoptForm>(() => startForm(unknown));
  const [fault, setFault] = useState<string>();
  const creating = useCreateDevice();
  const change = (part: Partial<AdoptForm>): void => setForm({ ...form, ...part });
  const changeRow = (row: MappingRow): void =>
    change({ rows: form.rows.map((other) => (other.key === row.key ? row : other)) });
  const send = (takeOver: boolean): void => {
    const checked = bodyOf(form);
    setFault('fault' in checked ? checked.fault : undefined);
    if ('body' in checked) creating.mutate({ ...checked.body, takeOver });
  };
  if (creating.data) {
    return (
      <Alert
        type="success"
        showIcon
        title={ADOPT_TEXT.done(creating.data.code, creating.data.points)}
        action={<Button onClick={onDone}>好</Button>}
      />
    );
  }
  return (
    <form
      className="adopt"
      onSubmit={(event) => {
        event.preventDefault();
        send(false);
      }}
    >
      <label htmlFor={`${id}-code`}>{ADOPT_TEXT.code}</label>
      <Input
        id={`${id}-code`}
        className="code"
        value={form.code}
        maxLength={100}
        readOnly={unknown !== undefined}
        onChange={({ target }) => change({ code: target.value })}
      />
      <p className="quiet">{ADOPT_TEXT.codeHint}</p>
      <label htmlFor={`${id}-protocol`}>{ADOPT_TEXT.protocol}</label>
      <Select
        id={`${id}-protocol`}
        value={form.protocol}
        onChange={(protocol) => change({ protocol })}
        options={PROTOCOL_CODES.map((value) => ({ value, label: PROTOCOLS[value].name }))}
      />
      <fieldset>
        <legend>{ADOPT_TEXT.mapping}</legend>
        <p className="quiet">
          {ADOPT_TEXT.mappingHint}
          {unknown && form.rows.some((row) => row.factor !== '') && `${ADOPT_TEXT.fromSample}。`}
        </p>
        {form.rows.map((row) => (
          <MappingFields
            key={row.key}
            row={row}
            onChange={changeRow}
            onRemove={
              form.rows.length > 1
                ? () => change({ rows: form.rows.filter(({ key }) => key !== row.key) })
                : undefined
            }
          />
        ))}
        <Button
          icon={<PlusOutlined />}
          onClick={() =>
            change({ rows: [...form.rows, emptyRow(1 + Math.max(...form.rows.map(({ key }) => key)))] })
          }
        >
          {ADOPT_TEXT.add}
        </Button>
      </fieldset>
      {form.protocol === 'hj212' && (
        <>
          <label htmlFor={`${id}-password`}>{ADOPT_TEXT.password}</label>
          <Input
            id={`${id}-password`}
            value={form.password}
            maxLength={20}
            autoComplete="off"
            onChange={({ target }) => change({ password: target.value })}
          />
          <label htmlFor={`${id}-crc`}>{ADOPT_TEXT.crc}</label>
          <Select
            id={`${id}-crc`}
            value={form.crc}
            onChange={(crc) => change({ crc })}
            options={CRCS.map((value) => ({ value, label: ADOPT_TEXT.crcs[value] }))}
          />
        </>
      )}
      <Checkbox checked={form.simulated} onChange={({ target }) => change({ simulated: target.checked })}>
        {ADOPT_TEXT.simulated}
      </Checkbox>
      {fault !== undefined && <Alert type="error" showIcon role="alert" title={fault} />}
      {creating.error && <Taken error={creating.error} onTake={() => send(true)} />}
      <Button type="primary" size="large" htmlType="submit" loading={creating.isPending}>
        {ADOPT_TEXT.send}
      </Button>
    </form>
  );
}
