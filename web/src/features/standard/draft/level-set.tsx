import type { SignLevel } from '#model/standard';
import { LEVEL_TEXT } from '#model/warning';
import { Button, Checkbox } from 'antd';
import type { ReactElement } from 'react';

import { LevelTag } from '../../../ui/level-tag.tsx';
import { SIGN_FORM_TEXT } from '../draft-text.ts';
import { BasisFields } from './basis-fields.tsx';
import { BLANK_LIMIT, NEW_BASIS } from './field-drafts.ts';
import { LimitField } from './limit-field.tsx';
import type { Document, LevelDraft } from './sign-draft.ts';
import { SpanField } from './span-field.tsx';

interface LevelSetProps {
  readonly level: SignLevel;
  readonly value: LevelDraft;
  readonly unit: string;
  readonly parameters: Document['parameters'];
  readonly faults: readonly string[];
  readonly onChange: (value: LevelDraft | undefined) => void;
}

/** One level of a sign that is being edited. */
export function LevelSet(props: LevelSetProps): ReactElement {
  const { level, value, unit, parameters, faults, onChange } = props;
  const { lower, own, basis } = value;
  const name = LEVEL_TEXT[level];
  return (
    <fieldset className="standard-set">
      <legend>
        <LevelTag level={level} />
        <Button size="small" onClick={() => onChange(undefined)}>
          {SIGN_FORM_TEXT.remove(name)}
        </Button>
      </legend>
      <LimitField
        label={`${name}${lower ? SIGN_FORM_TEXT.upper : SIGN_FORM_TEXT.limit}`}
        unit={unit}
        parameters={parameters}
        value={value.limit}
        onChange={(limit) => onChange({ ...value, limit })}
      />
      {lower && (
        <LimitField
          label={`${name}${SIGN_FORM_TEXT.lower}`}
          unit={unit}
          parameters={parameters}
          value={lower}
          onChange={(next) => onChange({ ...value, lower: next })}
        />
      )}
      <SpanField
        label={`${name}：${SIGN_FORM_TEXT.delay}`}
        value={value.delay}
        onChange={(delay) => onChange({ ...value, delay })}
      />
      <Checkbox
        className="standard-wide"
        checked={own !== null}
        onChange={({ target }) =>
          onChange({ ...value, own: target.checked ? { from: BLANK_LIMIT, to: BLANK_LIMIT } : null })
        }
      >
        {SIGN_FORM_TEXT.ownRange}
      </Checkbox>
      {own && (
        <>
          <LimitField
            label={`${name}${SIGN_FORM_TEXT.ownFrom}`}
            unit={unit}
            parameters={parameters}
            value={own.from}
            onChange={(from) => onChange({ ...value, own: { ...own, from } })}
          />
          <LimitField
            label={`${name}${SIGN_FORM_TEXT.ownTo}`}
            unit={unit}
            parameters={parameters}
            value={own.to}
            onChange={(to) => onChange({ ...value, own: { ...own, to } })}
          />
        </>
      )}
      <Checkbox
        className="standard-wide"
        checked={basis !== null}
        onChange={({ target }) => onChange({ ...value, basis: target.checked ? NEW_BASIS : null })}
      >
        {SIGN_FORM_TEXT.ownBasis}
      </Checkbox>
      {basis && <BasisFields value={basis} onChange={(next) => onChange({ ...value, basis: next })} />}
      {faults.map((message) => (
        <span key={message} className="standard-fault standard-wide" role="alert">
          {message}
        </span>
      ))}
    </fieldset>
  );
}
