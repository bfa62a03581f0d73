import { handRoutes, type WorkOrderDetail } from '#contract/response';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Drawer, Input, Select } from 'antd';
import { type ReactElement, useId, useState } from 'react';

import { call } from '../../../app/call.ts';
import { OrderStateTag } from '../../../ui/state-tag.tsx';
import { SubmitFoot } from '../../../ui/submit-foot.tsx';
import { orderQuery } from '../queries.ts';
import { TEXT } from '../text.ts';
import { HAND_TEXT } from './text.ts';

const TOLD_LENGTH = 5;

/** The orders of co-units: the whole waits for each. Nothing for an order that has none and may have none. */
export function Parts({ order }: { readonly order: WorkOrderDetail }): ReactElement | null {
  const [open, setOpen] = useState(false);
  const { parts, mayOpenPart } = order;
  if (parts.length === 0 && !mayOpenPart) return null;
  return (
    <section className="panel">
      <div className="panel-head">
        <h2>{HAND_TEXT.parts}</h2>
        {mayOpenPart && <Button onClick={() => setOpen(true)}>{HAND_TEXT.partOpen}</Button>}
      </div>
      {parts.length === 0 ? (
        <p className="quiet panel-body">{HAND_TEXT.partsNone}</p>
      ) : (
        <ul className="panel-body part-list">
          {parts.map((part) => (
            <li key={part.id}>
              <Link to="/orders/$id" params={{ id: String(part.id) }}>
                {part.unit}
              </Link>{' '}
              <OrderStateTag state={part.state} text={part.stateText} />
              <small className="quiet">
                {part.handler ?? TEXT.nobody} · {part.told}
              </small>
            </li>
          ))}
        </ul>
      )}
      <Drawer
        open={open}
        onClose={() => setOpen(false)}
        title={HAND_TEXT.partOpen}
        size="min(480px, 100vw)"
        destroyOnHidden
      >
        <PartForm order={order} onDone={() => setOpen(false)} />
      </Drawer>
    </section>
  );
}

function PartForm({
  order,
  onDone,
}: {
  readonly order: WorkOrderDetail;
  readonly onDone: () => void;
}): ReactElement {
  const id = useId();
  const client = useQueryClient();
  const [units, setUnits] = useState<readonly string[]>([]);
  const [told, setTold] = useState('');
  const unit = units[0]?.trim() ?? '';
  const open = useMutation({
    mutationFn: () => call(handRoutes.openPart, { params: { id: order.id }, body: { unit, told } }),
    onSuccess: (whole) => {
      client.setQueryData(orderQuery(order.id).queryKey, whole);
      void client.invalidateQueries({ queryKey: ['response', 'list'] });
      onDone();
    },
  });
  const has = new Set(order.parts.map((part) => part.unit));
  const named = order.handbook.coUnits.filter((one) => !has.has(one));
  const ready = unit !== '' && told.trim().length >= TOLD_LENGTH;
  return (
    <form
      className="hand-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) open.mutate();
      }}
    >
      <div className="field">
        <label htmlFor={id}>{HAND_TEXT.partUnit}</label>
        {/* One of the handbook's, or any other that is typed. */}
        <Select<string[]>
          id={id}
          mode="tags"
          maxCount={1}
          value={[...units]}
          onChange={(next) => setUnits(next)}
          options={named.map((value) => ({ value, label: value }))}
        />
      </div>
      <label className="field">
        {HAND_TEXT.partTold}
        <Input.TextArea
          autoSize={{ minRows: 3, maxRows: 8 }}
          maxLength={2000}
          value={told}
          onChange={(event) => setTold(event.target.value)}
        />
      </label>
      <SubmitFoot submit={HAND_TEXT.partSubmit} ready={ready} sending={open} onCancel={onDone} />
    </form>
  );
}
