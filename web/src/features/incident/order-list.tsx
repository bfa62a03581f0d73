import { type IncidentDetail, incidentRoutes, type WorkOrder } from '#contract/response';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Checkbox, Drawer } from 'antd';
import { type ReactElement, useState } from 'react';

import { call } from '../../app/call.ts';
import { LevelTag } from '../../ui/level-tag.tsx';
import { MoreButton } from '../../ui/more-button.tsx';
import { ReasonForm } from '../../ui/reason-form.tsx';
import { OrderStateTag, OverdueTag } from '../../ui/state-tag.tsx';
import { Resource } from '../../ui/states.tsx';
import { incidentOrdersQuery } from './queries.ts';
import { TEXT } from './text.ts';
import { useIncidentAct } from './use-incident-act.ts';

/** The orders of an incident; whoever leads it ticks those that do not belong to it and gives them back. */
export function OrderList({ incident }: { readonly incident: IncidentDetail }): ReactElement {
  const query = useInfiniteQuery(incidentOrdersQuery(incident.id));
  const [ticked, setTicked] = useState<readonly number[]>([]);
  const [releasing, setReleasing] = useState(false);
  const tick = (id: number, on: boolean): void =>
    setTicked(on ? [...ticked, id] : ticked.filter((one) => one !== id));
  return (
    <section className="panel" aria-label={TEXT.orders}>
      <div className="panel-head">
        <h2>{TEXT.orders}</h2>
        {incident.mayLead && (
          <Button disabled={ticked.length === 0} onClick={() => setReleasing(true)}>
            {TEXT.releaseTicked(ticked.length)}
          </Button>
        )}
      </div>
      <Resource query={query}>
        {({ pages }) => {
          const orders = pages.flatMap((page) => page.items);
          return (
            <div className="panel-body">
              {orders.length === 0 && <p className="quiet">{TEXT.noOrders}</p>}
              <ul className="incident-parts">
                {orders.map((order) => (
                  <OrderRow
                    key={order.id}
                    order={order}
                    tickable={incident.mayLead}
                    ticked={ticked.includes(order.id)}
                    onTick={(on) => tick(order.id, on)}
                  />
                ))}
              </ul>
              <MoreButton count={orders.length} query={query} />
              {!query.hasNextPage && incident.figures.orders > orders.length && (
                <p className="quiet">{TEXT.ordersHidden(incident.figures.orders - orders.length)}</p>
              )}
            </div>
          );
        }}
      </Resource>
      <Drawer
        open={releasing}
        onClose={() => setReleasing(false)}
        title={TEXT.releaseTicked(ticked.length)}
        size="min(480px, 100vw)"
        destroyOnHidden
      >
        <ReleaseForm
          incident={incident.id}
          orders={ticked}
          onDone={() => {
            setReleasing(false);
            setTicked([]);
          }}
        />
      </Drawer>
    </section>
  );
}

interface OrderRowProps {
  readonly order: WorkOrder;
  readonly tickable: boolean;
  readonly ticked: boolean;
  readonly onTick: (on: boolean) => void;
}

function OrderRow({ order, tickable, ticked, onTick }: OrderRowProps): ReactElement {
  return (
    <li>
      <span className="incident-part-head">
        {tickable && (
          <Checkbox
            aria-label={`${TEXT.tick} ${order.object.name} ${order.code}`}
            checked={ticked}
            onChange={({ target }) => onTick(target.checked)}
          />
        )}
        <LevelTag level={order.level} />
        <Link to="/orders/$id" params={{ id: String(order.id) }} className="row-link">
          {order.object.name}
        </Link>
        <OrderStateTag state={order.state} text={order.stateText} />
        {order.overdue && <OverdueTag />}
      </span>
      <small className="quiet">
        {order.item.name} · {order.unit} · {order.scenarioName}
      </small>
    </li>
  );
}

interface ReleaseFormProps {
  readonly incident: number;
  readonly orders: readonly number[];
  readonly onDone: () => void;
}

function ReleaseForm({ incident, orders, onDone }: ReleaseFormProps): ReactElement {
  const releasing = useIncidentAct(
    (reason: string) =>
      call(incidentRoutes.releaseOrders, {
        params: { id: incident },
        body: { orders: [...orders], reason },
      }),
    onDone,
  );
  return (
    <ReasonForm
      send={TEXT.release}
      label={TEXT.reason}
      pending={releasing.isPending}
      error={releasing.error}
      onSend={(reason) => releasing.mutate(reason)}
    >
      <p className="quiet">{TEXT.releaseHint}</p>
    </ReasonForm>
  );
}
