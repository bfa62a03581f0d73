import { commandRoutes, type Generated, type Roster } from '#contract/command';
import { Button, Checkbox, Input, Modal } from 'antd';
import { type ReactElement, useState } from 'react';

import { Failure } from '../../../ui/states.tsx';
import { StateTag } from '../../../ui/state-tag.tsx';
import { dayOf, moveDay, moveMonth, startOf } from '../calendar-days.ts';
import { TEXT } from '../text.ts';
import { useAct } from '../use-act.ts';
import { daySpan } from './span-text.ts';
import { GENERATE_TEXT as WORDS } from './text.ts';

interface GenerateDialogProps {
  readonly roster: Roster;
  readonly today: string;
  readonly onClose: () => void;
}

const DAY_MS = 86_400_000;
const MOST_DAYS = 400;

/** Plans a span by the rota: first a trial that lists what is wrong with it, then the writing. */
export function GenerateDialog({ roster, today, onClose }: GenerateDialogProps): ReactElement {
  const [from, setFrom] = useState(() => startDay(roster, today));
  const [to, setTo] = useState(() => moveDay(`${moveMonth(startDay(roster, today).slice(0, 7), 1)}-01`, -1));
  const [replace, setReplace] = useState(false);
  const [accept, setAccept] = useState(false);
  const [trial, setTrial] = useState<Generated>();
  const attempt = useAct(commandRoutes.generateShifts, setTrial);
  const write = useAct(commandRoutes.generateShifts, onClose);
  const right = isRightSpan(from, to);
  const send = (how: typeof write, dryRun: boolean): void =>
    how.mutate({ params: { id: roster.id }, body: { from, to, replace, dryRun, acceptConflicts: accept } });
  const changed = (set: () => void): void => {
    set();
    setTrial(undefined);
    setAccept(false);
  };
  const blocked = trial?.conflicts.some((conflict) => conflict.blocking) ?? false;
  return (
    <Modal
      open
      className="command-modal"
      width={640}
      title={WORDS.title(roster.name)}
      onCancel={onClose}
      footer={null}
    >
      <div className="command-form">
        <div className="form-row">
          <label>
            <span className="form-label">{WORDS.from}</span>
            <Input type="date" value={from} onChange={({ target }) => changed(() => setFrom(target.value))} />
          </label>
          <label>
            <span className="form-label">{WORDS.to}</span>
            <Input type="date" value={to} onChange={({ target }) => changed(() => setTo(target.value))} />
          </label>
        </div>
        <Checkbox checked={replace} onChange={({ target }) => changed(() => setReplace(target.checked))}>
          {WORDS.replace}
        </Checkbox>
        {!right && <p className="form-hint">{WORDS.badSpan}</p>}
        {trial && <Trial trial={trial} />}
        {blocked && (
          <Checkbox checked={accept} onChange={({ target }) => setAccept(target.checked)}>
            {WORDS.accept}
          </Checkbox>
        )}
        {attempt.error && <Failure error={attempt.error} />}
        {write.error && <Failure error={write.error} />}
        <div className="shift-acts">
          {trial && trial.count > 0 ? (
            <Button
              type="primary"
              loading={write.isPending}
              disabled={blocked && !accept}
              onClick={() => send(write, false)}
            >
              {WORDS.write(trial.count)}
            </Button>
          ) : (
            <Button
              type="primary"
              loading={attempt.isPending}
              disabled={!right}
              onClick={() => send(attempt, true)}
            >
              {WORDS.tryIt}
            </Button>
          )}
          <Button onClick={onClose}>{TEXT.cancel}</Button>
        </div>
      </div>
    </Modal>
  );
}

function isRightSpan(from: string, to: string): boolean {
  if (from === '' || to === '') return false;
  const days = (startOf(to) - startOf(from)) / DAY_MS + 1;
  return days >= 1 && days <= MOST_DAYS;
}

/** The day after what is planned, or today. */
function startDay(roster: Roster, today: string): string {
  if (roster.plannedTo === null) return today;
  const planned = dayOf(roster.plannedTo);
  return planned > today ? planned : today;
}

function Trial({ trial }: { readonly trial: Generated }): ReactElement {
  const shares = new Map<string, number>();
  for (const { person } of trial.shifts) shares.set(person, (shares.get(person) ?? 0) + 1);
  return (
    <div className="trial" role="status">
      <p>
        <strong>{trial.count === 0 ? WORDS.nothing : WORDS.result(trial.count)}</strong>{' '}
        {trial.conflicts.length === 0 && WORDS.clean}
      </p>
      {trial.notes.map((note) => (
        <p key={note} className="quiet">
          {note}
        </p>
      ))}
      {trial.conflicts.length > 0 && (
        <>
          <p>{WORDS.conflicts(trial.conflicts.length)}</p>
          <ul className="trial-conflicts">
            {trial.conflicts.map((conflict) => (
              <li key={`${conflict.kind} ${conflict.seat} ${conflict.from} ${conflict.person ?? ''}`}>
                {conflict.blocking && <StateTag tone="late">{WORDS.blocking}</StateTag>} {conflict.text}{' '}
                <span className="quiet figures">
                  {conflict.seat} {daySpan(conflict.from, conflict.to)}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
      {shares.size > 0 && (
        <p className="quiet">
          {WORDS.share}：{[...shares].map(([person, count]) => `${person} ${count}`).join('，')}
        </p>
      )}
    </div>
  );
}
