import { incidentRoutes, type WorkOrderDetail } from '#contract/response';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Drawer, Radio } from 'antd';
import { type ReactElement, useState } from 'react';

import { call } from '../../../app/call.ts';
import { useCan } from '../../../app/session.ts';
import { LevelTag } from '../../../ui/level-tag.tsx';
import { ReasonForm } from '../../../ui/reason-form.tsx';
import { Empty, Resource } from '../../../ui/states.tsx';

const TEXT = {
  title: '所属事件',
  none: '不属于任何事件，按自己的闭环处置。',
  adopt: '并入事件',
  which: '并入哪个事件',
  reason: '理由',
  nothing: '没有可以并入的事件',
  nothingHint: '这里只列本场景或本属地处置中、由您负责的事件。先在“事件”页建立一个。',
} as const;

/** The incident of an order: its link, or for whoever leads incidents the way into one. */
export function OrderIncident({ order }: { readonly order: WorkOrderDetail }): ReactElement | null {
  const mayLead = useCan('incident.lead');
  const [open, setOpen] = useState(false);
  const { incident } = order;
  const mayAdopt = mayLead && incident === null && order.state !== 'closed';
  if (incident === null && !mayAdopt) return null;
  return (
    <section className="panel" aria-label={TEXT.title}>
      <div className="panel-head">
        <h2>{TEXT.title}</h2>
        {mayAdopt && <Button onClick={() => setOpen(true)}>{TEXT.adopt}</Button>}
      </div>
      <p className="panel-body">
        {incident === null ? (
          <span className="quiet">{TEXT.none}</span>
        ) : (
          <Link to="/orders/incidents/$id" params={{ id: String(incident.id) }}>
            {incident.title} <span className="figures">{incident.code}</span>
          </Link>
        )}
      </p>
      <Drawer
        open={open}
        onClose={() => setOpen(false)}
        title={TEXT.adopt}
        size="min(520px, 100vw)"
        destroyOnHidden
      >
        <AdoptForm order={order.id} onDone={() => setOpen(false)} />
      </Drawer>
    </section>
  );
}

interface AdoptFormProps {
  readonly order: number;
  readonly onDone: () => void;
}

function AdoptForm({ order, onDone }: AdoptFormProps): ReactElement {
  const client = useQueryClient();
  const [incident, setIncident] = useState<number>();
  const query = useQuery({
    queryKey: ['incident', 'for-order', order],
    queryFn: ({ signal }) =>
      call(incidentRoutes.listIncidents, { query: { forOrder: order, limit: 100 }, signal }),
  });
  const adopting = useMutation({
    mutationFn: (reason: string) =>
      call(incidentRoutes.adoptOrders, { params: { id: incident ?? 0 }, body: { orders: [order], reason } }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['response', 'detail', order] });
      void client.invalidateQueries({ queryKey: ['incident'] });
      onDone();
    },
  });
  return (
    <Resource query={query}>
      {({ items }) =>
        items.length === 0 ? (
          <Empty title={TEXT.nothing} hint={TEXT.nothingHint} />
        ) : (
          <ReasonForm
            send={TEXT.adopt}
            label={TEXT.reason}
            disabled={incident === undefined}
            pending={adopting.isPending}
            error={adopting.error}
            onSend={(reason) => adopting.mutate(reason)}
          >
            <Radio.Group
              aria-label={TEXT.which}
              className="order-incidents"
              value={incident}
              onChange={({ target }) => setIncident(Number(target.value))}
              options={items.map((one) => ({
                value: one.id,
                label: (
                  <span>
                    <LevelTag level={one.level} /> {one.title}{' '}
                    <small className="quiet">
                      <span className="figures">{one.code}</span> · {one.loopText} · {one.scenarioName}
                    </small>
                  </span>
                ),
              }))}
            />
          </ReasonForm>
        )
      }
    </Resource>
  );
}
