import { PhoneOutlined, PushpinOutlined } from '@ant-design/icons';
import { CALL_OUTCOME_TEXT, CALL_OUTCOMES, type CallOutcome } from '#model/command';
import { Button, Input, Select } from 'antd';
import { type ReactElement, type Ref, useImperativeHandle, useRef } from 'react';

import { Failure } from '../../../ui/states.tsx';
import { ContactSelect } from '../contact-select.tsx';
import { LOG_TEXT } from './text.ts';
import type { LineHold } from './use-line.ts';

export interface ComposerHandle {
  readonly focus: () => void;
}

interface ComposerProps {
  readonly hold: LineHold;
  /** Whose log the line goes into, by name. */
  readonly platform: string | undefined;
  readonly ref: Ref<ComposerHandle>;
}

/** Where there is no keyboard, keys are not spoken of. */
const BY_TOUCH = globalThis.matchMedia('(pointer: coarse)').matches;

/** A new line: N, type, Enter. What was typed stays until the server has it. */
export function Composer({ hold, platform, ref }: ComposerProps): ReactElement {
  const { draft, change, send, error, sending } = hold;
  const field = useRef<HTMLTextAreaElement>(null);
  useImperativeHandle(ref, () => ({ focus: () => field.current?.focus() }), []);
  return (
    <form
      className="composer no-print"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {error && (
        <div className="composer-fault">
          <Failure error={error} />
          <p className="quiet">{LOG_TEXT.kept}</p>
        </div>
      )}
      {draft.call && (
        <div className="composer-call">
          <ContactSelect
            label={LOG_TEXT.contact}
            value={draft.contact}
            onChange={(contact) => change({ contact })}
          />
          <Select<CallOutcome>
            aria-label={LOG_TEXT.outcome}
            value={draft.outcome}
            onChange={(outcome) => change({ outcome })}
            options={CALL_OUTCOMES.map((value) => ({ value, label: CALL_OUTCOME_TEXT[value] }))}
          />
        </div>
      )}
      <div className="composer-line">
        <Input.TextArea
          ref={(input) => {
            field.current = input?.resizableTextArea?.textArea ?? null;
          }}
          id="new"
          autoSize={{ minRows: 1, maxRows: 5 }}
          maxLength={2000}
          aria-label={LOG_TEXT.line}
          placeholder={BY_TOUCH ? LOG_TEXT.placeholderPhone : LOG_TEXT.placeholder}
          value={draft.text}
          onChange={({ target }) => change({ text: target.value })}
          onKeyDown={(event) => {
            // Enter that chooses a word of the input method is not the end of the line.
            if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) {
              event.preventDefault();
              send();
            } else if (event.key === 'Escape') event.currentTarget.blur();
          }}
        />
        <Button type="primary" htmlType="submit" loading={sending} disabled={draft.text.trim() === ''}>
          {error ? LOG_TEXT.again : LOG_TEXT.send}
        </Button>
      </div>
      <div className="composer-marks">
        <Toggle on={draft.call} onPress={() => change({ call: !draft.call })}>
          <PhoneOutlined aria-hidden /> {LOG_TEXT.asCall}
        </Toggle>
        <Toggle on={draft.forHandover} onPress={() => change({ forHandover: !draft.forHandover })}>
          <PushpinOutlined aria-hidden /> {LOG_TEXT.toHandover}
        </Toggle>
        <About hold={hold} />
        {platform !== undefined && <span className="quiet">{LOG_TEXT.byHand(platform)}</span>}
      </div>
    </form>
  );
}

function Toggle({
  on,
  onPress,
  children,
}: {
  readonly on: boolean;
  readonly onPress: () => void;
  readonly children: React.ReactNode;
}): ReactElement {
  return (
    <button type="button" className="toggle" aria-pressed={on} onClick={onPress}>
      {children}
    </button>
  );
}

function About({ hold: { draft, change } }: { readonly hold: LineHold }): ReactElement | null {
  if (draft.warning === null && draft.workOrder === null) return null;
  const text =
    draft.warning === null
      ? LOG_TEXT.about.order(draft.workOrder ?? 0)
      : LOG_TEXT.about.warning(draft.warning);
  return (
    <button
      type="button"
      className="toggle"
      aria-pressed="true"
      aria-label={`${text}，${LOG_TEXT.notAbout}`}
      onClick={() => change({ warning: null, workOrder: null })}
    >
      {text} ×
    </button>
  );
}
