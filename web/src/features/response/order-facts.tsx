import type { WorkOrderDetail } from '#contract/response';
import { LOOP_TEXT, ORDER_SOURCE_TEXT, VERDICT_TEXT } from '#model/response';
import { DISPOSAL_TYPES } from '#model/standard';
import { falseAlarmText } from '#model/warning';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';

import { SuperviseButton } from '../../ui/chase/supervise-button.tsx';
import { DeadlineBar } from '../../ui/deadline-bar.tsx';
import { HAND_TEXT } from './by-hand/text.ts';
import { NextCall } from './next-call.tsx';
import { TEXT } from './text.ts';

const DISPOSAL_TEXT: Readonly<Record<string, string>> = DISPOSAL_TYPES;

interface LimitsProps {
  readonly order: WorkOrderDetail;
  readonly now: number | undefined;
}

/** All limits of an order, and who is told next when nothing happens. */
export function Limits({ order, now }: LimitsProps): ReactElement {
  return (
    <section className="panel">
      <div className="panel-head">
        <h2>{TEXT.deadlines}</h2>
        {order.state !== 'closed' && (
          <SuperviseButton
            about={{
              name: `${order.object.name} ${order.code}`,
              orders: [order.id],
              platform: { code: order.scenario, name: order.scenarioName },
            }}
          />
        )}
      </div>
      <div className="panel-body limits-list">
        {order.deadlines.map((deadline) => (
          <DeadlineBar key={deadline.kind} deadline={deadline} from={order.openedAt} now={now} />
        ))}
        <NextCall order={order} now={now} />
      </div>
    </section>
  );
}

export function OrderFacts({ order }: { readonly order: WorkOrderDetail }): ReactElement {
  const { handbook } = order;
  const rows: readonly (readonly [string, string])[] = [
    [TEXT.source, order.source === 'warning' ? '' : ORDER_SOURCE_TEXT[order.source]],
    [HAND_TEXT.told, order.told ?? ''],
    [TEXT.unit, order.unit],
    [HAND_TEXT.unitReason, order.unitReason ?? ''],
    [TEXT.handler, order.handler?.name ?? TEXT.nobody],
    [TEXT.deputy, order.deputy ?? ''],
    [TEXT.loop, LOOP_TEXT[order.loop]],
    [TEXT.disposal, handbook.disposalTypes.map((type) => DISPOSAL_TEXT[type] ?? type).join('、')],
    [TEXT.reviewer, handbook.reviewer],
    [TEXT.coUnits, handbook.coUnits.join('、')],
    [TEXT.notify, handbook.notify.join('、')],
    [TEXT.standard, handbook.standard],
    [TEXT.verdict, verdictText(order)],
    [TEXT.merged, order.merged.map(({ code, object }) => `${code} ${object}`).join('、')],
  ];
  return (
    <section className="panel">
      <div className="panel-head">
        <h2>{TEXT.facts}</h2>
        {order.parent !== null && (
          <Link to="/orders/$id" params={{ id: String(order.parent.id) }}>
            {HAND_TEXT.ofWhole} {order.parent.code}
          </Link>
        )}
        {order.warning !== null && (
          <Link to="/warnings/$id" params={{ id: String(order.warning) }}>
            {TEXT.openWarning}
          </Link>
        )}
      </div>
      <dl className="facts">
        {rows
          .filter(([, value]) => value !== '')
          .map(([name, value]) => (
            <FactRow key={name} name={name} value={value} />
          ))}
      </dl>
    </section>
  );
}

function verdictText({ verdict, falseAlarm }: WorkOrderDetail): string {
  if (falseAlarm !== null) return falseAlarmText(falseAlarm);
  return verdict === null ? '' : VERDICT_TEXT[verdict];
}

function FactRow({ name, value }: { readonly name: string; readonly value: string }): ReactElement {
  return (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  );
}
