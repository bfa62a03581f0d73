import type { WorkOrderDetail } from '#contract/response';
import type { Requirement } from '#model/response';
import { FALSE_ALARM_REASON_TEXT, FALSE_ALARM_REASONS, type FalseAlarmReason, rankOf } from '#model/warning';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Input, Select } from 'antd';
import { type ReactElement, useId } from 'react';

import { ordersQuery } from './queries.ts';
import { REQUIREMENT_TEXT, TEXT } from './text.ts';
import type { DraftHold } from './use-draft.ts';

interface AsideProps {
  readonly order: WorkOrderDetail;
  readonly requires: readonly Requirement[];
  readonly hold: DraftHold;
}

/** What the ways aside ask for: another unit, an end of the suspension, the order that goes on. */
export function AsideFields({ order, requires, hold }: AsideProps): ReactElement {
  const { draft, change } = hold;
  return (
    <>
      {requires.includes('unit') && (
        <label className="field">
          {REQUIREMENT_TEXT.unit}
          <Input
            autoFocus
            maxLength={100}
            value={draft.unit ?? ''}
            onChange={(event) => change({ unit: event.target.value })}
          />
        </label>
      )}
      {requires.includes('until') && (
        <label className="field">
          {REQUIREMENT_TEXT.until}
          <Input
            type="datetime-local"
            value={draft.until ?? ''}
            onChange={(event) => change({ until: event.target.value })}
          />
          <small className="quiet">{TEXT.untilHint}</small>
        </label>
      )}
      {requires.includes('into') && <SurvivorChoice order={order} hold={hold} />}
    </>
  );
}

/** Orders that may go on for this one, by its own rules: the server has the last word. */
function SurvivorChoice({ order, hold }: Pick<AsideProps, 'order' | 'hold'>): ReactElement {
  const id = useId();
  const query = useInfiniteQuery(ordersQuery({ scenario: order.scenario }));
  const orders = query.data?.pages.flatMap((page) => page.items) ?? [];
  const fit = orders.filter(
    (one) =>
      one.id !== order.id &&
      one.replaySession === order.replaySession &&
      rankOf(one.level) >= rankOf(order.level),
  );
  return (
    <div className="field">
      <label htmlFor={id}>{REQUIREMENT_TEXT.into}</label>
      <Select<number>
        id={id}
        showSearch={{ optionFilterProp: 'label' }}
        loading={query.isPending}
        placeholder={TEXT.intoHint}
        notFoundContent={query.isError ? query.error.message : TEXT.intoNone}
        getPopupContainer={(field) => field.closest('dialog') ?? document.body}
        value={hold.draft.into ?? null}
        onChange={(into) => hold.change({ into })}
        options={fit.map((one) => ({
          value: one.id,
          label: `${one.code} ${one.object.name} · ${one.item.name}`,
        }))}
      />
    </div>
  );
}

export function FalseAlarmChoice({ hold }: { readonly hold: DraftHold }): ReactElement {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{REQUIREMENT_TEXT['false-alarm']}</label>
      <Select<FalseAlarmReason>
        id={id}
        placeholder={TEXT.pickFalseAlarm}
        getPopupContainer={(field) => field.closest('dialog') ?? document.body}
        value={hold.draft.falseAlarm ?? null}
        onChange={(falseAlarm) => hold.change({ falseAlarm })}
        options={FALSE_ALARM_REASONS.map((value) => ({ value, label: FALSE_ALARM_REASON_TEXT[value] }))}
      />
    </div>
  );
}
