import type { WorkOrderDetail } from '#contract/response';
import type { WorkOrderAction } from '#model/response';
import { Tag } from 'antd';
import type { ReactElement } from 'react';

import { TEXT } from './text.ts';

type OrderProps = { readonly order: WorkOrderDetail };

/** What the closure quality gate says of the record, each with how to mend it; and what was measured where the sensor lies. */
export function Findings({ order }: OrderProps): ReactElement | null {
  const { findings, measurement, clearedAt } = order;
  if (clearedAt === null) return null;
  return (
    <section className="panel" aria-label={TEXT.findings}>
      <div className="panel-head">
        <h2>{TEXT.findings}</h2>
        <small className="quiet">{findings.length === 0 ? TEXT.findingsNone : TEXT.findingsHint}</small>
      </div>
      {findings.length > 0 && (
        <div className="panel-body">
          <FindingList order={order} />
        </div>
      )}
      {measurement && (
        <p className="panel-body">
          {TEXT.measuredBy(measurement.by)}{' '}
          <strong>
            {measurement.value} {measurement.unit}
          </strong>
          （{TEXT.measured}）·{' '}
          {measurement.confirmedBy === null
            ? TEXT.measuredOpen
            : TEXT.measuredConfirmed(measurement.confirmedBy)}
        </p>
      )}
    </section>
  );
}

/** Acts before which a reviewer reads what is said of the record. */
const JUDGING: readonly WorkOrderAction[] = ['close', 'send-back'];

/** What is said of the record, once more where it is closed or sent back. */
export function FindingsBefore({
  order,
  action,
}: OrderProps & { readonly action: WorkOrderAction }): ReactElement | null {
  if (order.findings.length === 0 || !JUDGING.includes(action)) return null;
  return (
    <div className="field">
      {TEXT.findings}
      <FindingList order={order} />
    </div>
  );
}

/** Each with its kind, whether it keeps the order from being closed, and how to mend it. */
function FindingList({ order: { findings } }: OrderProps): ReactElement {
  return (
    <ul className="closure-findings">
      {findings.map((one) => (
        <li key={one.check}>
          <Tag>{one.kindText}</Tag>
          <strong>{one.blocks ? TEXT.findingBlocks : TEXT.findingLook}</strong>：{one.text}。
          <span className="quiet">{one.mend}。</span>
        </li>
      ))}
    </ul>
  );
}
