import type { StandardDraftDetail } from '#contract/standard';
import { SIGN_LEVELS } from '#model/standard';
import { LEVEL_TEXT } from '#model/warning';
import { Alert, Button, Input } from 'antd';
import { type ReactElement, useId, useState } from 'react';

import { Failure } from '../../../ui/states.tsx';
import { SIGN_FORM_TEXT } from '../draft-text.ts';
import { LevelCell } from '../level-cell.tsx';
import { namesOf } from '../words.ts';
import { AgreementSet } from './agreement-set.tsx';
import { BasisFields } from './basis-fields.tsx';
import { atFields, faultsOfPart } from './faults-of.ts';
import { Field } from './field.tsx';
import { FormFoot } from './form-foot.tsx';
import { LevelSet } from './level-set.tsx';
import { signPlace } from './part-place.ts';
import { type Document, type DocumentSign, emptyLevel, signDraft, signOf } from './sign-draft.ts';
import { SignHead, signUnit } from './sign-head.tsx';
import { SpanField } from './span-field.tsx';
import { useSavePart } from './use-save-part.ts';

const FIELDS = ['item', 'element', 'measure', 'direction', 'unit', 'levels.', 'agreement'] as const;

interface SignFormProps {
  readonly draft: StandardDraftDetail;
  readonly sign: DocumentSign;
  /** Saved without a fault. */
  readonly onDone: () => void;
}

/** The structured form of one sign. After a saving the linter's sentences stand at what they are about. */
export function SignForm({ draft, sign, onDone }: SignFormProps): ReactElement {
  const id = useId();
  const [form, setForm] = useState(() => signDraft(sign));
  const [fault, setFault] = useState<string>();
  const saving = useSavePart(draft, signPlace(sign.code));
  const { document, faults } = saving.base;
  const index = document.signs.findIndex(({ code }) => code === sign.code);
  const { at, elsewhere } = atFields(faultsOfPart(faults, 'signs', index), FIELDS);
  const unit = signUnit(form, document);
  const like = SIGN_LEVELS.map((level) => form.levels[level]).find((one) => one !== undefined);
  const send = (): void => {
    const read = signOf(form, sign, document.elements);
    setFault('fault' in read ? read.fault : undefined);
    if ('fault' in read) return;
    saving.save(read.value, (saved) => {
      const at = saved.document.signs.findIndex(({ code }) => code === sign.code);
      if (faultsOfPart(saved.faults, 'signs', at).length === 0) onDone();
    });
  };
  return (
    <form
      className="standard-form"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <SignHead code={sign.code} value={form} document={document} at={at} onChange={setForm} />
      {SIGN_LEVELS.map((level) => {
        const value = form.levels[level];
        const change = (next: typeof value): void =>
          setForm((now) => ({ ...now, levels: { ...now.levels, [level]: next } }));
        if (value)
          return (
            <LevelSet
              key={level}
              level={level}
              value={value}
              unit={unit}
              parameters={document.parameters}
              faults={at(`levels.${level}`)}
              onChange={change}
            />
          );
        return (
          <Button
            key={level}
            type="dashed"
            onClick={() => change(emptyLevel(form.direction === 'band', like))}
          >
            {SIGN_FORM_TEXT.add(LEVEL_TEXT[level])}
          </Button>
        );
      })}
      <AgreementSet
        value={form.agreement}
        faults={at('agreement')}
        onChange={(agreement) => setForm((now) => ({ ...now, agreement }))}
      />
      <fieldset className="standard-set">
        <legend>{SIGN_FORM_TEXT.recover}</legend>
        <Field id={`${id}d`} label={SIGN_FORM_TEXT.deadband} hint={SIGN_FORM_TEXT.deadbandHint}>
          <Input
            id={`${id}d`}
            inputMode="decimal"
            suffix={unit}
            value={form.deadband}
            onChange={({ target }) => setForm({ ...form, deadband: target.value })}
          />
        </Field>
        <SpanField
          label={SIGN_FORM_TEXT.offDelay}
          value={form.offDelay}
          onChange={(offDelay) => setForm({ ...form, offDelay })}
        />
      </fieldset>
      <fieldset className="standard-set">
        <legend>{SIGN_FORM_TEXT.basis}</legend>
        <BasisFields value={form.basis} onChange={(basis) => setForm({ ...form, basis })} />
      </fieldset>
      <FormFoot send={SIGN_FORM_TEXT.save} pending={saving.pending} onDone={onDone}>
        {elsewhere.length > 0 && (
          <Alert
            type="warning"
            showIcon
            title={SIGN_FORM_TEXT.faults}
            description={elsewhere.map((message) => (
              <span key={message} className="standard-fault">
                {message}
              </span>
            ))}
          />
        )}
        {saving.conflict && <Conflict theirs={saving.conflict.theirs} document={document} />}
        {fault !== undefined && <Alert type="error" showIcon role="alert" title={fault} />}
        {saving.error && <Failure error={saving.error} />}
      </FormFoot>
    </form>
  );
}

interface ConflictProps {
  readonly theirs: DocumentSign | null;
  readonly document: Document;
}

/** Somebody saved first: what they made of this sign, level by level. */
function Conflict({ theirs, document }: ConflictProps): ReactElement {
  const names = namesOf(document.parameters, document.elements);
  return (
    <Alert
      type="warning"
      showIcon
      role="alert"
      title={SIGN_FORM_TEXT.conflict}
      description={
        theirs ? (
          <>
            <p>
              {SIGN_FORM_TEXT.conflictOther} {theirs.name}
            </p>
            {SIGN_LEVELS.flatMap((level) => {
              const cell = theirs.levels[level];
              if (!cell) return [];
              return (
                <p key={level}>
                  {LEVEL_TEXT[level]} <LevelCell level={level} cell={cell} sign={theirs} names={names} />
                </p>
              );
            })}
            <p>{SIGN_FORM_TEXT.conflictAgain}</p>
          </>
        ) : (
          SIGN_FORM_TEXT.conflictSame
        )
      }
    />
  );
}
