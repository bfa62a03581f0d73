import type { StandardDraftDetail } from '#contract/standard';
import { SIGN_LEVELS } from '#model/standard';
import { LEVEL_TEXT } from '#model/warning';
import { Alert, Button, Input } from 'antd';
import { type ReactElement, useId, useState } from 'react';

import { Failure } from '../../../ui/states.tsx';
import { SIGN_FORM_TEXT } from '../draft-text.ts';
import { LevelCell } from '../level-cell.tsx';
import { TEXT } from '../text.ts';
import { namesOf, typedUnit } from '../words.ts';
import { BasisFields } from './basis-fields.tsx';
import { faultsOfSign } from './faults-of.ts';
import { Field } from './field.tsx';
import { LevelSet } from './level-set.tsx';
import { type Document, type DocumentSign, emptyLevel, signDraft, signOf, signPlace } from './sign-draft.ts';
import { SpanField } from './span-field.tsx';
import { useSavePart } from './use-save-part.ts';

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
  const found = faultsOfSign(faults, index);
  const at = (part: string): readonly string[] =>
    found.filter(({ rest }) => rest.startsWith(part)).map(({ message }) => message);
  const elsewhere = found.filter(({ rest }) => !rest.startsWith('levels.'));
  const unit = typedUnit(sign);
  const like = SIGN_LEVELS.map((level) => form.levels[level]).find((one) => one !== undefined);
  const send = (): void => {
    const read = signOf(form, sign);
    setFault('fault' in read ? read.fault : undefined);
    if (!('sign' in read)) return;
    saving.save(read.sign, (saved) => {
      if (faultsOfSign(saved.faults, index).length === 0) onDone();
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
      <Field id={id} label={SIGN_FORM_TEXT.name}>
        <Input
          id={id}
          maxLength={100}
          value={form.name}
          onChange={({ target }) => setForm({ ...form, name: target.value })}
        />
      </Field>
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
            onClick={() => change(emptyLevel(sign.direction === 'band', like))}
          >
            {SIGN_FORM_TEXT.add(LEVEL_TEXT[level])}
          </Button>
        );
      })}
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
      {found.length > 0 && (
        <Alert
          type="warning"
          showIcon
          title={SIGN_FORM_TEXT.faults}
          description={(elsewhere.length > 0 ? elsewhere : found).map(({ message }) => (
            <span key={message} className="standard-fault">
              {message}
            </span>
          ))}
        />
      )}
      {saving.conflict && <Conflict theirs={saving.conflict.theirs} document={document} />}
      {fault !== undefined && <Alert type="error" showIcon role="alert" title={fault} />}
      {saving.error && <Failure error={saving.error} />}
      <div className="standard-acts standard-form-foot">
        <Button type="primary" htmlType="submit" loading={saving.pending}>
          {SIGN_FORM_TEXT.save}
        </Button>
        <Button onClick={onDone}>{TEXT.close}</Button>
      </div>
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
