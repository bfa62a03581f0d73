import type { SuppressionRule } from '#contract/warning';
import {
  CAUSE_KIND_TEXT,
  CAUSE_KINDS,
  LEVEL_TEXT,
  LEVELS,
  SUPPRESSION_REACH_TEXT,
  SUPPRESSION_REACHES,
} from '#model/warning';
import { Button, Drawer, Input, Segmented, Select } from 'antd';
import { type ReactElement, useId, useState } from 'react';

import { ObjectsChoice } from '../../../ui/object-choice.tsx';
import { ScenarioSelect } from '../../../ui/scenario-select.tsx';
import { Failure } from '../../../ui/states.tsx';
import { CauseCode, ItemChoice } from './code-fields.tsx';
import { useSaveRule } from './queries.ts';
import { type RuleDraft, ruleDraft } from './rule-draft.ts';
import { SHELF_TEXT } from './text.ts';

interface RuleFormProps {
  /** The rule that is changed; undefined: a new one. */
  readonly rule?: SuppressionRule | undefined;
  readonly open: boolean;
  readonly onClose: () => void;
}

/** Writes a rule of suppression by design, or changes one; in force at once. */
export function RuleForm({ rule, open, onClose }: RuleFormProps): ReactElement {
  return (
    <Drawer
      open={open}
      onClose={onClose}
      title={rule ? SHELF_TEXT.changeRule : SHELF_TEXT.newRule}
      size="min(560px, 100vw)"
      destroyOnHidden
    >
      <Fields rule={rule} onDone={onClose} />
    </Drawer>
  );
}

interface FieldsProps {
  readonly rule: SuppressionRule | undefined;
  readonly onDone: () => void;
}

function Fields({ rule, onDone }: FieldsProps): ReactElement {
  const id = useId();
  const [draft, setDraft] = useState(() => ruleDraft(rule));
  const save = useSaveRule();
  const set = (change: Partial<RuleDraft>): void => setDraft({ ...draft, ...change });
  const isWhole = draft.scenario !== undefined && draft.code.trim() !== '' && draft.item !== undefined;
  return (
    <form
      className="reason-form"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate({ draft, rule }, { onSuccess: onDone });
      }}
    >
      <p className="quiet">{SHELF_TEXT.ruleEffect}</p>
      {!rule && (
        <ScenarioSelect value={draft.scenario} onChange={(scenario) => set({ scenario, item: undefined })} />
      )}
      <label htmlFor={`${id}n`}>
        {SHELF_TEXT.ruleName}
        <Input
          id={`${id}n`}
          required
          minLength={2}
          maxLength={60}
          value={draft.name}
          onChange={({ target }) => set({ name: target.value })}
        />
      </label>
      <CauseFields draft={draft} set={set} />
      <TargetFields draft={draft} set={set} />
      <label htmlFor={`${id}r`}>
        {SHELF_TEXT.ruleReason}
        <Input
          id={`${id}r`}
          required
          minLength={5}
          maxLength={300}
          value={draft.reason}
          onChange={({ target }) => set({ reason: target.value })}
        />
      </label>
      {save.error && <Failure error={save.error} />}
      <Button type="primary" htmlType="submit" loading={save.isPending} disabled={!isWhole}>
        {rule ? SHELF_TEXT.saveRule : SHELF_TEXT.addRule}
      </Button>
    </form>
  );
}

interface PartProps {
  readonly draft: RuleDraft;
  readonly set: (change: Partial<RuleDraft>) => void;
}

const LEVEL_OPTIONS = LEVELS.map((value) => ({ value, label: LEVEL_TEXT[value] }));

/** What has to stand, where, and how bad. */
function CauseFields({ draft, set }: PartProps): ReactElement {
  const id = useId();
  return (
    <fieldset className="ask-part">
      <legend>{SHELF_TEXT.causeTitle}</legend>
      <Segmented
        aria-label={SHELF_TEXT.causeKind}
        value={draft.kind}
        onChange={(kind) => set({ kind, code: '' })}
        options={CAUSE_KINDS.map((value) => ({ value, label: CAUSE_KIND_TEXT[value] }))}
      />
      <label htmlFor={`${id}c`}>
        {SHELF_TEXT.causeCode(CAUSE_KIND_TEXT[draft.kind])}
        <CauseCode
          id={`${id}c`}
          label={CAUSE_KIND_TEXT[draft.kind]}
          kind={draft.kind}
          value={draft.code}
          onChange={(code) => set({ code })}
        />
      </label>
      <label htmlFor={`${id}l`}>
        {SHELF_TEXT.causeLevel}
        <Select
          id={`${id}l`}
          value={draft.causeLevel}
          onChange={(causeLevel) => set({ causeLevel })}
          options={LEVEL_OPTIONS}
        />
      </label>
      <label htmlFor={`${id}o`}>
        {SHELF_TEXT.causeObject}
        <ObjectsChoice
          id={`${id}o`}
          most={1}
          placeholder={SHELF_TEXT.anyObject}
          value={draft.object}
          onChange={(object) => set({ object })}
        />
      </label>
    </fieldset>
  );
}

/** What is held meanwhile, up to which level, and where. */
function TargetFields({ draft, set }: PartProps): ReactElement {
  const id = useId();
  return (
    <fieldset className="ask-part">
      <legend>{SHELF_TEXT.targetTitle}</legend>
      <label htmlFor={`${id}i`}>
        {SHELF_TEXT.targetItem}
        <ItemChoice
          id={`${id}i`}
          scenario={draft.scenario}
          value={draft.item}
          onChange={(item) => set({ item })}
        />
      </label>
      <label htmlFor={`${id}l`}>
        {SHELF_TEXT.level}
        <Select
          id={`${id}l`}
          value={draft.level}
          onChange={(level) => set({ level })}
          options={LEVEL_OPTIONS}
        />
      </label>
      <Segmented
        aria-label={SHELF_TEXT.reach}
        value={draft.reach}
        onChange={(reach) => set({ reach })}
        options={SUPPRESSION_REACHES.map((value) => ({ value, label: SUPPRESSION_REACH_TEXT[value] }))}
      />
      {draft.reach === 'listed' && (
        <label htmlFor={`${id}o`}>
          {SHELF_TEXT.listed}
          <ObjectsChoice
            id={`${id}o`}
            most={MOST_OBJECTS}
            value={draft.objects}
            onChange={(objects) => set({ objects })}
          />
        </label>
      )}
    </fieldset>
  );
}

const MOST_OBJECTS = 500;
