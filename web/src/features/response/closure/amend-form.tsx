import { closureRoutes, type WorkOrderDetail } from '#contract/response';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Input, Select } from 'antd';
import { type ReactElement, useState } from 'react';

import { call } from '../../../app/call.ts';
import { SubmitFoot } from '../../../ui/submit-foot.tsx';
import { takeOrder } from '../queries.ts';
import { TEXT } from '../text.ts';
import { Words } from './words.tsx';

const REASON_LENGTH = 5;

interface AmendFormProps {
  readonly order: WorkOrderDetail;
  readonly onDone: () => void;
}

type Amendable = WorkOrderDetail['amendable'][number];

/** Which part of a closed record, what it should read, and why. */
export function AmendForm({ order, onDone }: AmendFormProps): ReactElement {
  const client = useQueryClient();
  const { amendable } = order;
  const [field, setField] = useState(amendable[0]?.field ?? '');
  const chosen = amendable.find((one) => one.field === field);
  const [reads, setReads] = useState(chosen?.reads ?? '');
  const [reason, setReason] = useState('');
  const wanted = { field, reads: reads.trim(), reason: reason.trim() };
  const amend = useMutation({
    mutationFn: () => call(closureRoutes.amendWorkOrder, { params: { id: order.id }, body: wanted }),
    onSuccess: async (answer) => {
      await takeOrder(client, answer);
      onDone();
    },
  });
  const isOther = wanted.reads !== '' && wanted.reads !== chosen?.reads;
  const ready = isOther && wanted.reason.length >= REASON_LENGTH;
  return (
    <form
      className="hand-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) amend.mutate();
      }}
    >
      <label className="field">
        {TEXT.amendField}
        <Select<string>
          aria-label={TEXT.amendField}
          value={field}
          onChange={(next) => {
            setField(next);
            setReads(amendable.find((one) => one.field === next)?.reads ?? '');
          }}
          options={amendable.map((one) => ({ value: one.field, label: one.fieldText }))}
        />
      </label>
      {chosen && <Reads chosen={chosen} value={reads} onChange={setReads} />}
      <Words
        label={TEXT.amendReason}
        hint={TEXT.amendReasonHint}
        longest={1000}
        value={reason}
        onChange={setReason}
      />
      <SubmitFoot submit={TEXT.amend} ready={ready} sending={amend} onCancel={onDone} />
    </form>
  );
}

interface ReadsProps {
  readonly chosen: Amendable;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** What stands, and what it should read. */
function Reads({ chosen: { kind, reads }, value, onChange }: ReadsProps): ReactElement {
  return (
    <>
      <p className="amend-was">
        <span className="quiet">{TEXT.amendNow}</span> {reads.replace('T', ' ')}
      </p>
      {kind === 'text' ? (
        <Words label={TEXT.amendReads} longest={4000} value={value} onChange={onChange} />
      ) : (
        <label className="field">
          {TEXT.amendReads}
          <Input
            type={kind === 'moment' ? 'datetime-local' : 'text'}
            inputMode={kind === 'number' ? 'decimal' : undefined}
            value={value}
            onChange={(event) => onChange(event.target.value)}
          />
        </label>
      )}
    </>
  );
}
