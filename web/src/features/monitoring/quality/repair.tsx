import './quality.css';

import type { Correction, ServiceWindow } from '#contract/monitoring';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { type ReactElement, useState } from 'react';

import { formatDateTime } from '../../../app/format.ts';
import { useCan } from '../../../app/session.ts';
import { useNow } from '../../../app/use-now.ts';
import { CardsTable } from '../../../ui/cards-table.tsx';
import { StateTag } from '../../../ui/state-tag.tsx';
import { Failure } from '../../../ui/states.tsx';
import { CorrectionForm } from './correction-form.tsx';
import { Gaps } from './gaps.tsx';
import { correctionsQuery, useEndWindow, useWithdrawCorrection, windowsQuery } from './queries.ts';
import { REPAIR_TEXT } from './text.ts';
import { WindowForm } from './window-form.tsx';

/** 修正与检修: what people have declared bad or corrected, when devices are serviced, and what is missing. */
export function Repair(): ReactElement {
  const mayManage = useCan('device.manage');
  const corrections = useInfiniteQuery(correctionsQuery);
  const windows = useInfiniteQuery(windowsQuery);
  const [making, setMaking] = useState<'correction' | 'window'>();
  const close = (): void => setMaking(undefined);
  return (
    <div className="repair">
      <p className="quiet">{REPAIR_TEXT.intro}</p>
      <section className="panel" aria-label={REPAIR_TEXT.corrections}>
        <h2>{REPAIR_TEXT.corrections}</h2>
        {mayManage && <Button onClick={() => setMaking('correction')}>{REPAIR_TEXT.makeCorrection}</Button>}
        <CardsTable
          query={corrections}
          columns={REPAIR_TEXT.correctionColumns}
          empty={{ title: REPAIR_TEXT.noCorrections }}
        >
          {(one) => <CorrectionLine key={one.id} correction={one} mayManage={mayManage} />}
        </CardsTable>
      </section>
      <section className="panel" aria-label={REPAIR_TEXT.windows}>
        <h2>{REPAIR_TEXT.windows}</h2>
        {mayManage && <Button onClick={() => setMaking('window')}>{REPAIR_TEXT.makeWindow}</Button>}
        <CardsTable
          query={windows}
          columns={REPAIR_TEXT.windowColumns}
          empty={{ title: REPAIR_TEXT.noWindows }}
        >
          {(one) => <WindowLine key={one.id} window={one} mayManage={mayManage} />}
        </CardsTable>
      </section>
      <Gaps />
      <CorrectionForm open={making === 'correction'} onClose={close} />
      <WindowForm open={making === 'window'} onClose={close} />
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

function WindowLine({
  window: one,
  mayManage,
}: {
  readonly window: ServiceWindow;
  readonly mayManage: boolean;
}): ReactElement {
  const end = useEndWindow();
  const now = useNow(30_000);
  const [subject, kind, span, reason, made] = REPAIR_TEXT.windowColumns;
  const isOver = one.to !== null && one.to <= now;
  return (
    <tr>
      <td data-label={subject} className="code">
        {one.subject}
      </td>
      <td data-label={kind}>{REPAIR_TEXT[one.kind]}</td>
      <td data-label={span}>
        {formatDateTime(one.from)} – {one.to === null ? REPAIR_TEXT.noEnd : formatDateTime(one.to)}{' '}
        <StateTag tone={isOver ? 'done' : one.from <= now ? 'active' : 'quiet'}>
          {isOver ? REPAIR_TEXT.over : one.from <= now ? REPAIR_TEXT.running : REPAIR_TEXT.coming}
        </StateTag>
      </td>
      <td data-label={reason}>{one.reason}</td>
      <td data-label={made}>{one.madeBy}</td>
      <td>
        {!isOver && mayManage && (
          <Button size="small" loading={end.isPending} onClick={() => end.mutate(one)}>
            {REPAIR_TEXT.end}
          </Button>
        )}
        {end.error && <Failure error={end.error} />}
      </td>
    </tr>
  );
}
