import { commandRoutes, type Shift } from '#contract/command';
import { useQuery } from '@tanstack/react-query';
import { Button, Input, Select } from 'antd';
import { type ReactElement, useState } from 'react';

import { useNow } from '../../../app/use-now.ts';
import { Failure, Resource } from '../../../ui/states.tsx';
import { dayOf, startOf } from '../calendar-days.ts';
import { shiftsQuery } from '../queries.ts';
import { useAct } from '../use-act.ts';
import { daySpan } from './span-text.ts';
import { SHIFT_TEXT as WORDS } from './text.ts';

const HOUR_MS = 3_600_000;
const AHEAD_MS = 60 * 24 * HOUR_MS;

interface AskSwapProps {
  readonly shift: Shift;
  readonly onBack: () => void;
  readonly onDone: () => void;
}

/** Asks somebody for his shift in return for mine. */
export function AskSwap({ shift, onBack, onDone }: AskSwapProps): ReactElement {
  const now = useNow(HOUR_MS);
  const from = startOf(dayOf(now));
  const query = useQuery(shiftsQuery({ roster: shift.roster.id, from, to: from + AHEAD_MS }));
  const [wanted, setWanted] = useState<number>();
  const [reason, setReason] = useState('');
  const ask = useAct(commandRoutes.requestSwap, onDone);
  const send = (): void => {
    if (wanted !== undefined)
      ask.mutate({ body: { shift: shift.id, withShift: wanted, reason: reason.trim() } });
  };
  return (
    <form
      className="command-form"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <Resource query={query} rows={2}>
        {(shifts) => {
          const others = shifts.filter((one) => canTake(one, shift, now));
          return others.length === 0 ? (
            <p className="quiet">{WORDS.noOthers}</p>
          ) : (
            <div className="form-field">
              <span className="form-label">{WORDS.take}</span>
              <Select<number | null>
                showSearch
                optionFilterProp="label"
                aria-label={WORDS.take}
                placeholder={WORDS.takePlaceholder}
                value={wanted ?? null}
                onChange={(id) => setWanted(id ?? undefined)}
                options={others.map((one) => ({
                  value: one.id,
                  label: `${daySpan(one.from, one.to)} ${one.person.name}（${one.seat.name}）`,
                }))}
              />
            </div>
          );
        }}
      </Resource>
      <label>
        <span className="form-label">{WORDS.reason}</span>
        <Input
          maxLength={500}
          placeholder={WORDS.reasonPlaceholder}
          value={reason}
          onChange={({ target }) => setReason(target.value)}
        />
        <span className="form-hint">{WORDS.askHint}</span>
      </label>
      {ask.error && <Failure error={ask.error} />}
      <div className="shift-acts">
        <Button
          type="primary"
          htmlType="submit"
          loading={ask.isPending}
          disabled={wanted === undefined || reason.trim() === ''}
        >
          {WORDS.askDo}
        </Button>
        <Button onClick={onBack}>{WORDS.back}</Button>
      </div>
    </form>
  );
}

/** Another account's shift that has not begun and is in no other swap. */
function canTake(one: Shift, mine: Shift, now: number): boolean {
  return (
    one.from > now &&
    one.status !== 'cancelled' &&
    one.swap === null &&
    one.person.kind === 'account' &&
    one.person.id !== mine.person.id
  );
}
