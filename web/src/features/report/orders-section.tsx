import { DEADLINE_KINDS, DEADLINE_TEXT } from '#model/response';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';

import { formatNumber, formatShare } from '../../app/format.ts';
import { Figure } from './figure.tsx';
import type { Month } from './month-query.ts';
import { type Rows, TEXT } from './text.ts';

interface OrdersSectionProps {
  readonly orders: Month['orders'];
  readonly rows: Rows;
}

/** Work orders of the month, and each late one by its code. */
export function OrdersSection({ orders, rows }: OrdersSectionProps): ReactElement {
  const replay = rows === 'live' ? 'false' : 'true';
  return (
    <section className="panel">
      <h2>{TEXT.orders}</h2>
      <dl className="figures-row">
        <Figure
          name={TEXT.opened}
          value={
            <Link to="/orders" search={{ show: 'all', replay }}>
              {formatNumber(orders.opened)}
            </Link>
          }
        />
        <Figure
          name={TEXT.cleared}
          value={
            <Link to="/orders" search={{ show: 'all', replay }}>
              {formatNumber(orders.cleared)}
            </Link>
          }
        />
        <Figure
          name={TEXT.closed}
          value={
            <Link to="/orders" search={{ show: 'all', state: 'closed', replay }}>
              {formatNumber(orders.closed)}
            </Link>
          }
        />
        <Figure
          name={TEXT.open}
          value={
            <Link to="/orders" search={{ replay }}>
              {formatNumber(orders.open)}
            </Link>
          }
        />
        <Figure
          name={TEXT.overdue}
          value={
            <Link to="/orders" search={{ show: 'overdue', replay }}>
              {formatNumber(orders.overdue)}
            </Link>
          }
        />
        <Figure
          name={TEXT.onTime}
          hint={orders.onTimeRate === null ? TEXT.onTimeNone : TEXT.onTimeHint}
          value={formatShare(orders.onTimeRate)}
        />
      </dl>
      <p className="panel-body figures">
        {TEXT.loops}：
        {(['small', 'medium', 'large'] as const)
          .map((loop) => `${TEXT.loop[loop]} ${formatNumber(orders.byLoop[loop])}`)
          .join(' · ')}
        <span className="quiet">
          {'　'}
          {TEXT.onTime}：{orders.onTimeRate === null ? TEXT.onTimeNone : TEXT.onTimeHint}
        </span>
      </p>
      {orders.late.length === 0 ? (
        <p className="panel-body quiet">{TEXT.noLate}</p>
      ) : (
        <table className="rows">
          <caption>{TEXT.late}</caption>
          <thead>
            <tr>
              <th scope="col">{TEXT.order}</th>
              <th scope="col">{TEXT.object}</th>
              <th scope="col">{TEXT.missed}</th>
            </tr>
          </thead>
          <tbody>
            {orders.late.map((late) => (
              <tr key={`${late.id}@${late.kind}`}>
                <td className="nowrap">
                  <Link to="/orders/$id" params={{ id: String(late.id) }} className="row-link">
                    {late.code}
                  </Link>
                </td>
                <td>{late.object}</td>
                <td>{limitText(late.kind)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

/** A limit this page does not know is shown by its code. */
function limitText(kind: string): string {
  const known = DEADLINE_KINDS.find((one) => one === kind);
  return known ? DEADLINE_TEXT[known] : kind;
}
