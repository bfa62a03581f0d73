import { commandRoutes, type Roster, type Shift } from '#contract/command';
import { Button, Checkbox, Input, Modal } from 'antd';
import { type ReactElement, useState } from 'react';

import { Failure } from '../../../ui/states.tsx';
import { fromLocalText, toLocalText } from '../calendar-days.ts';
import { DialButton } from '../dial-button.tsx';
import { PersonSelect } from '../person-select.tsx';
import { personOf, refOf } from '../person.ts';
import { personLine, TEXT } from '../text.ts';
import { useAct } from '../use-act.ts';
import { AskSwap } from './ask-swap.tsx';
import { daySpan } from './span-text.ts';
import { ROSTER_TEXT, SHIFT_TEXT as WORDS } from './text.ts';

interface ShiftDialogProps {
  readonly shift: Shift;
  readonly roster: Roster;
  readonly onClose: () => void;
}

type Part = 'look' | 'edit' | 'ask';

/** A shift: who stands it, and what may be done with it. */
export function ShiftDialog({ shift, roster, onClose }: ShiftDialogProps): ReactElement {
  const [part, setPart] = useState<Part>('look');
  const may = (action: Shift['allowedActions'][number]): boolean => shift.allowedActions.includes(action);
  return (
    <Modal
      open
      className="command-modal"
      title={part === 'ask' ? WORDS.askTitle : WORDS.title(shift.seat.name)}
      onCancel={onClose}
      footer={null}
    >
      <div className="command-form">
        <div className="shift-facts">
          <p>
            <strong className="figures">{daySpan(shift.from, shift.to)}</strong>{' '}
            <span className="quiet">
              {shift.platform.name} {shift.roster.name}
            </span>
          </p>
          <p>
            <strong>{shift.person.name}</strong> <span className="quiet">{personLine(shift.person)}</span>
          </p>
          {shift.deputies.map((deputy) => (
            <p key={deputy.from}>
              {ROSTER_TEXT.deputy(deputy.person.name)}{' '}
              <span className="figures quiet">{daySpan(deputy.from, deputy.to)}</span>
            </p>
          ))}
        </div>
        {part === 'look' && (
          <div className="shift-acts">
            {may('request-swap') && (
              <Button type="primary" onClick={() => setPart('ask')}>
                {WORDS.ask}
              </Button>
            )}
            {(may('edit') || may('cancel')) && <Button onClick={() => setPart('edit')}>{WORDS.edit}</Button>}
            {!shift.mine && shift.person.kind === 'contact' && (
              <DialButton
                target={{ kind: 'contact', id: shift.person.id }}
                name={shift.person.name}
                hasPhone={shift.person.phoneMasked !== null}
              />
            )}
            <Button onClick={onClose}>{TEXT.close}</Button>
          </div>
        )}
        {part === 'edit' && (
          <EditShift shift={shift} roster={roster} onBack={() => setPart('look')} onDone={onClose} />
        )}
        {part === 'ask' && <AskSwap shift={shift} onBack={() => setPart('look')} onDone={onClose} />}
      </div>
    </Modal>
  );
}

interface EditShiftProps {
  readonly shift: Shift;
  readonly roster: Roster;
  readonly onBack: () => void;
  readonly onDone: () => void;
}

function EditShift({ shift, roster, onBack, onDone }: EditShiftProps): ReactElement {
  const [person, setPerson] = useState(personOf(shift.person));
  const [from, setFrom] = useState(toLocalText(shift.from));
  const [to, setTo] = useState(toLocalText(shift.to));
  const [turned, setTurned] = useState(false);
  const [reason, setReason] = useState('');
  const [accept, setAccept] = useState(false);
  const update = useAct(commandRoutes.updateShift, onDone);
  const cancelled = shift.status === 'cancelled';
  const start = fromLocalText(from);
  const end = fromLocalText(to);
  const timed = start !== undefined && end !== undefined && end > start;
  const known = roster.seats.flatMap((seat) => seat.rota.map(personOf));
  const send = (): void => {
    if (!timed) return;
    update.mutate({
      params: { id: shift.id },
      body: {
        version: shift.version,
        reason: reason.trim(),
        acceptConflicts: accept,
        ...(person.key === personOf(shift.person).key ? {} : { person: refOf(person) }),
        ...(start === shift.from ? {} : { from: start }),
        ...(end === shift.to ? {} : { to: end }),
        ...(turned ? { cancelled: !cancelled } : {}),
      },
    });
  };
  return (
    <form
      className="command-form"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <div className="form-field">
        <span className="form-label">{WORDS.person}</span>
        <PersonSelect label={WORDS.person} known={known} value={person} onChange={setPerson} />
      </div>
      <div className="form-row">
        <label>
          <span className="form-label">{WORDS.from}</span>
          <Input type="datetime-local" value={from} onChange={({ target }) => setFrom(target.value)} />
        </label>
        <label>
          <span className="form-label">{WORDS.to}</span>
          <Input type="datetime-local" value={to} onChange={({ target }) => setTo(target.value)} />
        </label>
      </div>
      <Checkbox checked={turned} onChange={({ target }) => setTurned(target.checked)}>
        {cancelled ? WORDS.restore : WORDS.cancel}
      </Checkbox>
      <label>
        <span className="form-label">{WORDS.reason}</span>
        <Input
          maxLength={500}
          placeholder={WORDS.reasonPlaceholder}
          value={reason}
          onChange={({ target }) => setReason(target.value)}
        />
        <span className="form-hint">{timed ? WORDS.noReason : WORDS.badTime}</span>
      </label>
      {update.error && (
        <>
          <Failure error={update.error} />
          <Checkbox checked={accept} onChange={({ target }) => setAccept(target.checked)}>
            {WORDS.accept}
          </Checkbox>
        </>
      )}
      <div className="shift-acts">
        <Button
          type="primary"
          htmlType="submit"
          loading={update.isPending}
          disabled={!timed || reason.trim() === ''}
        >
          {WORDS.save}
        </Button>
        <Button onClick={onBack}>{WORDS.back}</Button>
      </div>
    </form>
  );
}
