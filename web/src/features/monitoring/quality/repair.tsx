import './quality.css';

import type { Correction } from '#contract/monitoring';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { type ReactElement, useState } from 'react';

import { formatDateTime } from '../../../app/format.ts';
import { useCan } from '../../../app/session.ts';
import { CardsTable } from '../../../ui/cards-table.tsx';
import { StateTag } from '../../../ui/state-tag.tsx';
import { ServiceWindows } from '../../../ui/service/service-windows.tsx';
import { Failure } from '../../../ui/states.tsx';
import { CorrectionForm } from './correction-form.tsx';
import { Gaps } from './gaps.tsx';
import { correctionsQuery, useWithdrawCorrection } from './queries.ts';
import { REPAIR_TEXT } from './text.ts';

/** 修正与检修: what people have declared bad or corrected, when devices are serviced, and what is missing. */
export function Repair(): ReactElement {
  const mayManage = useCan('device.manage');
  const corrections = useInfiniteQuery(correctionsQuery);
  const [making, setMaking] = useState(false);
  return (
    <div className="repair">
      <p className="quiet">{REPAIR_TEXT.intro}</p>
      <section className="panel" aria-label={REPAIR_TEXT.corrections}>
        <h2>{REPAIR_TEXT.corrections}</h2>
        {mayManage && <Button onClick={() => setMaking(true)}>{REPAIR_TEXT.makeCorrection}</Button>}
        <CardsTable
          query={corrections}
          columns={REPAIR_TEXT.correctionColumns}
          empty={{ title: REPAIR_TEXT.noCorrections }}
        >
          {(one) => <CorrectionLine key={one.id} correction={one} mayManage={mayManage} />}
        </CardsTable>
      </section>
      <ServiceWindows />
      <Gaps />
      <CorrectionForm open={making} onClose={() => setMaking(false)} />
    </div>
  );
}

function CorrectionLine({
  correction: one,
  mayManage,
}: {
  readonly correction: Correction;
  readonly mayManage: boolean;
}): ReactElement {
  const withdraw = useWithdrawCorrection();
  const [point, span, what, reason, made] = REPAIR_TEXT.correctionColumns;
  return (
    <tr>
      <td data-label={point} className="code">
        {one.point}
      </td>
      <td data-label={span}>
        {formatDateTime(one.from)} – {formatDateTime(one.to)}
      </td>
      <td data-label={what}>
        {one.kind === 'bad' ? REPAIR_TEXT.bad : REPAIR_TEXT.correct(one.scale, one.shift)}
      </td>
      <td data-label={reason}>{one.reason}</td>
      <td data-label={made}>
        {one.madeBy} {formatDateTime(one.madeAt)}
      </td>
      <td>
        {one.withdrawnBy !== null && (
          <StateTag tone="quiet">
            {one.withdrawnBy} {REPAIR_TEXT.withdrawn}
          </StateTag>
        )}
        {one.withdrawnBy === null && mayManage && (
          <Button size="small" loading={withdraw.isPending} onClick={() => withdraw.mutate(one)}>
            {REPAIR_TEXT.withdraw}
          </Button>
        )}
        {withdraw.error && <Failure error={withdraw.error} />}
      </td>
    </tr>
  );
}
