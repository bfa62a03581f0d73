import { eventRoutes, type SuspectedEvent } from '#contract/monitoring';
import { Input, Modal, Select } from 'antd';
import { type ReactElement, useId, useState } from 'react';

import { Failure } from '../../../ui/states.tsx';
import { ElementLookUp, ObjectLookUp } from '../../../ui/look-up.tsx';
import { useEventAct } from './event-queries.ts';
import { EVENT_TEXT } from './text.ts';

export type Decision = SuspectedEvent['allowedActions'][number];

interface DecideDialogProps {
  readonly event: SuspectedEvent;
  readonly decision: Decision;
  readonly onClose: () => void;
}

const TITLES = { confirm: EVENT_TEXT.confirmTitle, reject: EVENT_TEXT.rejectTitle, end: EVENT_TEXT.endTitle };
const HINTS = { confirm: EVENT_TEXT.confirmHint, reject: EVENT_TEXT.rejectHint, end: EVENT_TEXT.endHint };
const SHORTEST = 2;

/** The verdict on an event; whoever confirms says what and where, as far as it is not known. */
export function DecideDialog({ event, decision, onClose }: DecideDialogProps): ReactElement {
  const id = useId();
  const [note, setNote] = useState('');
  const [object, setObject] = useState(event.object?.id);
  const [element, setElement] = useState(event.element ?? undefined);
  const [value, setValue] = useState(event.confirmedValue);
  const confirm = useEventAct(eventRoutes.confirmEvent, onClose);
  const reject = useEventAct(eventRoutes.rejectEvent, onClose);
  const end = useEventAct(eventRoutes.endEvent, onClose);
  const acting = { confirm, reject, end }[decision];
  const params = { id: event.id };
  const text = note.trim();
  const told = text === '' ? {} : { note: text };
  const send = (): void => {
    if (decision === 'confirm') confirm.mutate({ params, body: { ...told, object, element, value } });
    else if (decision === 'reject') reject.mutate({ params, body: { note: text } });
    else end.mutate({ params, body: told });
  };
  return (
    <Modal
      open
      title={TITLES[decision]}
      okText={EVENT_TEXT[decision]}
      cancelText={EVENT_TEXT.cancel}
      okButtonProps={{ disabled: decision === 'reject' && text.length < SHORTEST, loading: acting.isPending }}
      onOk={send}
      onCancel={onClose}
    >
      <div className="event-form">
        <p className="quiet">{HINTS[decision]}</p>
        {decision === 'confirm' && (
          <>
            <label htmlFor={`${id}-object`}>{EVENT_TEXT.object}</label>
            <ObjectLookUp
              id={`${id}-object`}
              label={EVENT_TEXT.object}
              value={object}
              valueName={event.object?.name}
              onChange={setObject}
            />
            <label htmlFor={`${id}-element`}>{EVENT_TEXT.element}</label>
            <ElementLookUp
              id={`${id}-element`}
              label={EVENT_TEXT.element}
              value={element}
              valueName={event.elementName ?? undefined}
              onChange={setElement}
            />
            <label htmlFor={`${id}-value`}>{EVENT_TEXT.value}</label>
            <ValueField
              id={`${id}-value`}
              event={event}
              element={element}
              value={value}
              onChange={setValue}
            />
          </>
        )}
        <label htmlFor={`${id}-note`}>{EVENT_TEXT.note}</label>
        <Input.TextArea
          id={`${id}-note`}
          rows={3}
          maxLength={500}
          value={note}
          onChange={({ target }) => setNote(target.value)}
        />
        {acting.error && <Failure error={acting.error} />}
      </div>
    </Modal>
  );
}

interface ValueFieldProps {
  readonly id: string;
  readonly event: SuspectedEvent;
  readonly element: string | undefined;
  readonly value: number;
  readonly onChange: (value: number) => void;
}

/** By the words the standard has for the element's numbers, where it has any. */
function ValueField({ id, event, element, value, onChange }: ValueFieldProps): ReactElement {
  const states = element === event.element ? event.elementStates : [];
  if (states.length === 0) {
    return (
      <Input
        id={id}
        inputMode="decimal"
        defaultValue={String(value)}
        onChange={({ target }) => {
          const number = Number(target.value);
          if (target.value.trim() !== '' && Number.isFinite(number)) onChange(number);
        }}
      />
    );
  }
  const options = states
    .filter((state) => state.value !== 0)
    .map((state) => ({ value: state.value, label: `${state.value} ${state.name}` }));
  return <Select id={id} value={value} onChange={onChange} options={options} />;
}
