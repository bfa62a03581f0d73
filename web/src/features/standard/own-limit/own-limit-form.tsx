import { ownLimitRoutes, type SignAtObject } from '#contract/standard';
import type { SignLevel } from '#model/standard';
import { LEVEL_TEXT } from '#model/warning';
import { Alert, Input } from 'antd';
import { type ReactElement, useId, useState } from 'react';

import { LevelTag } from '../../../ui/level-tag.tsx';
import { Failure } from '../../../ui/states.tsx';
import { Field } from '../draft/field.tsx';
import { FormFoot } from '../draft/form-foot.tsx';
import { useAct } from '../queries.ts';

import { valueText } from '../words.ts';
import { type OwnLimitDraft, ownLimitDraft, readOwnLimit } from './own-limit-draft.ts';
import { FORM_TEXT } from './text.ts';

interface OwnLimitFormProps {
  /** Its code. */
  readonly object: string;
  readonly sign: SignAtObject;
  readonly onDone: () => void;
}

/** Asks for limits of the object's own: every field says what the standard has and how far one may go. */
export function OwnLimitForm({ object, sign, onDone }: OwnLimitFormProps): ReactElement {
  const id = useId();
  const [draft, setDraft] = useState(() => ownLimitDraft(sign));
  const [fault, setFault] = useState<string>();
  const proposing = useAct(ownLimitRoutes.proposeOwnLimit, onDone);
  const said = (value: number): string => valueText(value, sign.unit, sign.measure);
  const send = (): void => {
    const read = readOwnLimit(draft);
    setFault('fault' in read ? read.fault : undefined);
    if (!('fault' in read)) proposing.mutate({ body: { object, sign: sign.code, ...read } });
  };
  return (
    <form
      className="standard-form"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <p className="quiet">{FORM_TEXT.hint}</p>
      {sign.levels.map((level) => (
        <LevelFields
          key={level.level}
          sign={sign}
          level={level}
          value={draft.levels[level.level]}
          onChange={(next) => setDraft((now) => ({ ...now, levels: { ...now.levels, [level.level]: next } }))}
        />
      ))}
      <fieldset className="standard-set">
        <legend>{FORM_TEXT.recover}</legend>
        <Plain
          label={FORM_TEXT.deadband}
          hint={FORM_TEXT.larger(said(sign.deadband))}
          value={draft.deadband}
          onChange={(deadband) => setDraft({ ...draft, deadband })}
        />
        <Plain
          label={FORM_TEXT.offDelay}
          hint={FORM_TEXT.longer(sign.offDelaySeconds)}
          value={draft.offDelay}
          onChange={(offDelay) => setDraft({ ...draft, offDelay })}
        />
      </fieldset>
      <Field id={`${id}r`} label={FORM_TEXT.reason} hint={FORM_TEXT.reasonHint}>
        <Input.TextArea
          id={`${id}r`}
          rows={3}
          maxLength={1000}
          value={draft.reason}
          onChange={({ target }) => setDraft({ ...draft, reason: target.value })}
        />
      </Field>
      <Field id={`${id}u`} label={FORM_TEXT.until}>
        <Input
          id={`${id}u`}
          type="datetime-local"
          value={draft.until}
          onChange={({ target }) => setDraft({ ...draft, until: target.value })}
        />
      </Field>
      <FormFoot send={FORM_TEXT.send} pending={proposing.isPending} onDone={onDone}>
        {fault !== undefined && <Alert type="error" showIcon role="alert" title={fault} />}
        {proposing.error && <Failure error={proposing.error} />}
      </FormFoot>
    </form>
  );
}

type Level = SignAtObject['levels'][number];
type LevelValue = NonNullable<OwnLimitDraft['levels'][SignLevel]>;

interface LevelFieldsProps {
  readonly sign: SignAtObject;
  readonly level: Level;
  readonly value: LevelValue | undefined;
  readonly onChange: (value: LevelValue) => void;
}

function LevelFields({ sign, level, value, onChange }: LevelFieldsProps): ReactElement {
  const name = LEVEL_TEXT[level.level];
  const typed = value ?? { limit: '', lower: '', delay: '' };
  const banded = sign.direction === 'band';
  return (
    <fieldset className="standard-set">
      <legend>
        <LevelTag level={level.level} />
      </legend>
      <Plain
        label={`${name}${banded ? FORM_TEXT.upper : FORM_TEXT.limit}`}
        hint={boundsText(sign, level.limit, level.limitBounds)}
        value={typed.limit}
        disabled={level.limitBounds === null}
        onChange={(limit) => onChange({ ...typed, limit })}
      />
      {banded && (
        <Plain
          label={`${name}${FORM_TEXT.lower}`}
          hint={boundsText(sign, level.lower, level.lowerBounds)}
          value={typed.lower}
          disabled={level.lowerBounds === null}
          onChange={(lower) => onChange({ ...typed, lower })}
        />
      )}
      <Plain
        label={`${name}：${FORM_TEXT.delay}`}
        hint={level.onDelaySeconds === 0 ? FORM_TEXT.atOnce : FORM_TEXT.shorter(level.onDelaySeconds)}
        value={typed.delay}
        disabled={level.onDelaySeconds === 0}
        onChange={(delay) => onChange({ ...typed, delay })}
      />
    </fieldset>
  );
}

/** `标准 25 cm，不高于 25 cm`: what stands now, and how far one may go. */
function boundsText(sign: SignAtObject, limit: number | null, bounds: Level['limitBounds']): string {
  if (limit === null || bounds === null) return FORM_TEXT.unset;
  const said = (value: number): string => valueText(value, sign.unit, sign.measure);
  const { from, to } = bounds;
  const range =
    from !== null && to !== null
      ? FORM_TEXT.between(said(from), said(to))
      : from !== null
        ? FORM_TEXT.atLeast(said(from))
        : FORM_TEXT.atMost(said(to ?? limit));
  return `${FORM_TEXT.standard(said(limit))}，${range}`;
}

interface PlainProps {
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  readonly disabled?: boolean;
  readonly onChange: (value: string) => void;
}

function Plain({ label, hint, value, disabled = false, onChange }: PlainProps): ReactElement {
  const id = useId();
  return (
    <Field id={id} label={label} hint={hint}>
      <Input
        id={id}
        inputMode="decimal"
        maxLength={20}
        disabled={disabled}
        value={value}
        onChange={({ target }) => onChange(target.value)}
      />
    </Field>
  );
}
