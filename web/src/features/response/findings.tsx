import type { WorkOrderDetail } from '#contract/response';
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
        <ul className="findings">
          {findings.map((one) => (
            <li key={one.check}>
              <Tag>{one.kindText}</Tag>
              <strong>{one.blocks ? TEXT.findingBlocks : TEXT.findingLook}</strong>：{one.text}。
              <span className="quiet">{one.mend}。</span>
            </li>
          ))}
        </ul>
      )}
      {measurement && (
        <p className="measurement">
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
