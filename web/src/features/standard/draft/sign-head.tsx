import { measuredUnit, ONLY_DIRECTION } from '#contract/standard';
import { SIGN_DIRECTIONS, unitText } from '#model/standard';
import type { ReactElement } from 'react';

import { SIGN_FORM_TEXT } from '../draft-text.ts';
import { HEAD_TEXT } from '../part-text.ts';
import { ChoiceField } from './choice-field.tsx';
import { MeasureFields } from './measure-fields.tsx';
import { measureOf } from './measure-draft.ts';
import { readForm } from './field-drafts.ts';
import { type Document, inDirection, type SignDraft } from './sign-draft.ts';
import { TextField } from './text-field.tsx';

interface SignHeadProps {
  readonly code: string;
  readonly value: SignDraft;
  readonly document: Document;
  /** What the linter says at a field of the sign. */
  readonly at: (field: string) => readonly string[];
  readonly onChange: (value: SignDraft) => void;
}

/** What a sign is about: its item, its element, what of the readings is compared, and which way is worse. */
export function SignHead({ code, value, document, at, onChange }: SignHeadProps): ReactElement {
  const only = ONLY_DIRECTION[value.measure.kind];
  const unit = signUnit(value, document);
  return (
    <fieldset className="standard-set">
      <legend>
        {HEAD_TEXT.code} {code}
      </legend>
      <TextField
        wide
        label={SIGN_FORM_TEXT.name}
        value={value.name}
        onChange={(name) => onChange({ ...value, name })}
      />
      <ChoiceField
        label={HEAD_TEXT.item}
        value={value.item}
        faults={at('item')}
        options={document.items.map((item) => ({ value: item.code, label: item.name }))}
        onChange={(item) => onChange({ ...value, item })}
      />
      <ChoiceField
        label={HEAD_TEXT.element}
        value={value.element}
        faults={at('element')}
        options={document.elements.map((element) => ({ value: element.code, label: element.name }))}
        onChange={(element) => onChange({ ...value, element })}
      />
      <MeasureFields
        value={value.measure}
        elementUnit={unitText(
          document.elements.find((element) => element.code === value.element)?.unit ?? '',
        )}
        parameters={document.parameters}
        faults={at('measure')}
        onChange={(measure) => {
          const next = { ...value, measure };
          const direction = ONLY_DIRECTION[measure.kind];
          onChange(direction === undefined ? next : inDirection(next, direction));
        }}
      />
      <ChoiceField
        label={HEAD_TEXT.direction}
        value={value.direction}
        disabled={only !== undefined && value.direction === only}
        faults={at('direction')}
        {...(only === undefined ? {} : { hint: HEAD_TEXT.onlyDirection })}
        options={SIGN_DIRECTIONS.map((direction) => ({
          value: direction,
          label: HEAD_TEXT.directions[direction],
        }))}
        onChange={(direction) => onChange(inDirection(value, direction))}
      />
      {unit !== '' && <p className="quiet standard-wide">{HEAD_TEXT.unit(unit)}</p>}
      {at('unit').map((message) => (
        <span key={message} className="standard-fault standard-wide" role="alert">
          {message}
        </span>
      ))}
    </fieldset>
  );
}

/** The unit in which limits are typed, once element and measure say it. */
export function signUnit({ element, measure }: SignDraft, { elements }: Document): string {
  const watched = elements.find(({ code }) => code === element);
  if (!watched) return '';
  const read = readForm(() => measureOf(measure));
  const unit = 'value' in read ? measuredUnit(read.value, watched) : watched.unit;
  return unit === 's' ? '秒' : unitText(unit);
}
