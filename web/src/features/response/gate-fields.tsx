import type { WorkOrderDetail } from '#contract/response';
import type { Requirement } from '#model/response';
import { Alert, Checkbox, Input } from 'antd';
import type { ReactElement } from 'react';

import { asksForSteps } from './missing.ts';
import { TEXT } from './text.ts';
import type { DraftHold } from './use-draft.ts';

interface GateProps {
  readonly order: WorkOrderDetail;
  readonly requires: readonly Requirement[];
  readonly hold: DraftHold;
}

/** What the two gates ask for: a reading that is back, or what was measured on site; and that a reviewer confirms it. */
export function GateFields({ order, requires, hold }: GateProps): ReactElement {
  const { draft, change } = hold;
  const { measurement } = order;
  return (
    <>
      {requires.includes('normal') && asksForSteps(draft) && <Standing order={order} hold={hold} />}
      {requires.includes('measured') && measurement !== null && (
        <div className="field">
          <Checkbox
            checked={draft.confirmMeasured === true}
            onChange={({ target }) => change({ confirmMeasured: target.checked })}
          >
            {TEXT.confirmMeasured(`${measurement.value} ${measurement.unit}`)}
          </Checkbox>
        </div>
      )}
    </>
  );
}

function Standing({ order, hold }: Pick<GateProps, 'order' | 'hold'>): ReactElement {
  const { draft, change } = hold;
  const unit = order.standing.find((one) => one.unit !== '')?.unit ?? '';
  const said = draft.measured;
  return (
    <div className="field">
      <Alert
        type="warning"
        showIcon
        title={TEXT.standing}
        description={
          <>
            {order.standing.map(({ text }) => (
              <p key={text}>{text}</p>
            ))}
            <p className="quiet">{TEXT.standingHint}</p>
          </>
        }
      />
      <Checkbox
        checked={said !== undefined}
        onChange={({ target }) => change({ measured: target.checked ? { value: '', unit } : undefined })}
      >
        {TEXT.measured}
      </Checkbox>
      {said && (
        <div className="measured-fields">
          <label>
            {TEXT.measuredValue}
            <Input
              inputMode="decimal"
              maxLength={14}
              value={said.value}
              onChange={({ target }) => change({ measured: { ...said, value: target.value } })}
            />
          </label>
          <label>
            {TEXT.measuredUnit}
            <Input
              maxLength={20}
              value={said.unit}
              onChange={({ target }) => change({ measured: { ...said, unit: target.value } })}
            />
          </label>
        </div>
      )}
    </div>
  );
}
