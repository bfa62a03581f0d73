import type { WorkOrderDetail } from '#contract/response';
import { Button, Drawer } from 'antd';
import { type ReactElement, useState } from 'react';

import { TimeText } from '../../../ui/time-text.tsx';
import { TEXT } from '../text.ts';
import { AmendForm } from './amend-form.tsx';
import './closure.css';

interface OrderProps {
  readonly order: WorkOrderDetail;
}

const shown = (value: string): string => value.replace('T', ' ');

/** What was put right of a closed record, beside what it said; and the way to do it for whoever may. */
export function Amendments({ order }: OrderProps): ReactElement | null {
  const { amendments, amendable } = order;
  const [open, setOpen] = useState(false);
  if (amendments.length === 0 && amendable.length === 0) return null;
  return (
    <section className="panel" aria-label={TEXT.amendments}>
      <div className="panel-head">
        <h2>{TEXT.amendments}</h2>
        <small className="quiet">{TEXT.amendmentsHint}</small>
        {amendable.length > 0 && <Button onClick={() => setOpen(true)}>{TEXT.amend}</Button>}
      </div>
      {amendments.length === 0 && <p className="panel-body quiet">{TEXT.amendNone}</p>}
      {amendments.map((one) => (
        <dl key={one.id} className="facts amendment">
          <dt>{TEXT.amendedWas}</dt>
          <dd>
            {one.fieldText}：{shown(one.was)}
          </dd>
          <dt>{TEXT.amended}</dt>
          <dd>
            <strong>{shown(one.reads)}</strong>
            <small className="quiet">
              <TimeText at={one.at} whole /> {one.by}：{one.reason}
            </small>
          </dd>
        </dl>
      ))}
      <Drawer
        open={open}
        onClose={() => setOpen(false)}
        title={TEXT.amendTitle}
        size="min(520px, 100vw)"
        destroyOnHidden
      >
        <AmendForm order={order} onDone={() => setOpen(false)} />
      </Drawer>
    </section>
  );
}
