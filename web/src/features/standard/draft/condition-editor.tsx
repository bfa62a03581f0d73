import { type ConditionRow, type ConditionGroups, writeCondition } from '#contract/standard';
import { LEVEL_TEXT, LEVELS } from '#model/warning';
import { Button, Input } from 'antd';
import { type ReactElement, useState } from 'react';

import { COMPOSITE_FORM_TEXT as TEXT } from '../composite/text.ts';
import { ChoiceField } from './choice-field.tsx';
import { CodeChoice } from './code-choice.tsx';
import type { CompositeLevelDraft } from './composite-draft.ts';
import { TextField } from './text-field.tsx';

interface ConditionEditorProps {
  readonly value: CompositeLevelDraft;
  readonly onChange: (value: CompositeLevelDraft) => void;
}

/** A condition as rows: every group must hold, of a group any row. What rows cannot say is edited as CEL. */
export function ConditionEditor({ value, onChange }: ConditionEditorProps): ReactElement {
  const { groups } = value;
  if (!groups) {
    return (
      <>
        <p className="quiet standard-wide">{TEXT.onlyCel}</p>
        <TextField
          wide
          rows={4}
          label={TEXT.cel}
          value={value.when}
          onChange={(when) => onChange({ ...value, when })}
        />
      </>
    );
  }
  const put = (n: number, rows: readonly ConditionRow[]): void => {
    const next = groups.map((group, i) => (i === n ? rows : group)).filter((group) => group.length > 0);
    onChange({ ...value, groups: next });
  };
  return (
    <div className="standard-wide">
      {groups.length > 1 && <p className="quiet">{TEXT.all}</p>}
      {groups.map((rows, n) => (
        // oxlint-disable-next-line react/no-array-index-key -- rows have no names of their own
        <fieldset key={n} className="standard-group">
          <legend>{TEXT.group(n + 1)}</legend>
          {rows.map((row, i) => (
            <RowFields
              // oxlint-disable-next-line react/no-array-index-key -- rows have no names of their own
              key={i}
              row={row}
              onChange={(next) =>
                put(
                  n,
                  rows.map((one, j) => (j === i ? next : one)),
                )
              }
              onRemove={() =>
                put(
                  n,
                  rows.filter((_, j) => j !== i),
                )
              }
            />
          ))}
          <Button size="small" onClick={() => put(n, [...rows, BLANK_ROW])}>
            {TEXT.addRow}
          </Button>
        </fieldset>
      ))}
      <Button size="small" onClick={() => onChange({ ...value, groups: [...groups, [BLANK_ROW]] })}>
        {TEXT.addGroup}
      </Button>
      <Cel groups={groups} onOwn={(when) => onChange({ ...value, groups: undefined, when })} />
    </div>
  );
}

const BLANK_ROW: ConditionRow = { kind: 'any', code: '', level: 'yellow' };

function Cel(props: {
  readonly groups: ConditionGroups;
  readonly onOwn: (when: string) => void;
}): ReactElement {
  const when = writeCondition(props.groups);
  return (
    <details className="basis-note">
      <summary>{TEXT.cel}</summary>
      <p className="quiet">{TEXT.celHint}</p>
      <Input.TextArea
        aria-label={TEXT.cel}
        rows={3}
        value={when}
        onChange={({ target }) => props.onOwn(target.value)}
      />
    </details>
  );
}

interface RowFieldsProps {
  readonly row: ConditionRow;
  readonly onChange: (row: ConditionRow) => void;
  readonly onRemove: () => void;
}

const KINDS = ['own', 'any', 'objects', 'near', 'value', 'total'] as const;
const CODE_KIND = { own: 'sign', any: 'any', objects: 'any', near: 'any', value: 'element' } as const;
const LEVEL_OPTIONS = LEVELS.map((value) => ({ value, label: LEVEL_TEXT[value] }));

function RowFields({ row, onChange, onRemove }: RowFieldsProps): ReactElement {
  return (
    <div className="standard-set">
      <ChoiceField
        label={TEXT.kind}
        value={row.kind}
        options={KINDS.map((value) => ({ value, label: TEXT.kinds[value] }))}
        onChange={(kind) => onChange(rowOfKind(kind, row))}
      />
      {row.kind !== 'total' && (
        <CodeChoice
          of={CODE_KIND[row.kind]}
          value={row.code}
          onChange={(code) => onChange({ ...row, code })}
        />
      )}
      {'level' in row && (
        <ChoiceField
          label={TEXT.levelField}
          value={row.level}
          options={LEVEL_OPTIONS}
          onChange={(level) => onChange({ ...row, level })}
        />
      )}
      {row.kind === 'near' && (
        <NumberField
          label={TEXT.meters}
          value={row.meters}
          onChange={(meters) => onChange({ ...row, meters })}
        />
      )}
      {row.kind === 'value' && (
        <>
          <ChoiceField
            label={TEXT.past}
            value={row.past}
            options={(['high', 'low'] as const).map((value) => ({ value, label: TEXT.pasts[value] }))}
            onChange={(past) => onChange({ ...row, past })}
          />
          <NumberField
            decimal
            label={TEXT.limit}
            value={row.limit}
            onChange={(limit) => onChange({ ...row, limit })}
          />
        </>
      )}
      {row.kind === 'total' && (
        <ChoiceField
          label={TEXT.what}
          value={row.what}
          options={(['warnings', 'scenarios', 'objects'] as const).map((value) => ({
            value,
            label: TEXT.whats[value],
          }))}
          onChange={(what) => onChange({ ...row, what })}
        />
      )}
      {'count' in row && (
        <NumberField label={TEXT.count} value={row.count} onChange={(count) => onChange({ ...row, count })} />
      )}
      <Button size="small" onClick={onRemove}>
        {TEXT.removeRow}
      </Button>
    </div>
  );
}

interface NumberFieldProps {
  readonly label: string;
  readonly value: number;
  readonly decimal?: boolean;
  readonly onChange: (value: number) => void;
}

/** What cannot be read as a number yet stays what was typed; the number before it stands until then. */
function NumberField({ label, value, decimal = false, onChange }: NumberFieldProps): ReactElement {
  const [typed, setTyped] = useState(String(value));
  return (
    <TextField
      decimal
      label={label}
      value={typed}
      onChange={(text) => {
        setTyped(text);
        const number = Number(text);
        if (text.trim() === '' || !Number.isFinite(number)) return;
        if (decimal || (Number.isInteger(number) && number > 0)) onChange(number);
      }}
    />
  );
}

/** Another kind of row with what the two have in common. */
function rowOfKind(kind: ConditionRow['kind'], row: ConditionRow): ConditionRow {
  const code = 'code' in row ? row.code : '';
  const level = 'level' in row ? row.level : 'yellow';
  const count = 'count' in row ? row.count : 3;
  switch (kind) {
    case 'own':
    case 'any':
      return { kind, code, level };
    case 'objects':
      return { kind, code, level, count };
    case 'near':
      return { kind, code, level, meters: 200 };
    case 'value':
      return { kind, code, past: 'high', limit: 0 };
    case 'total':
      return { kind, what: 'warnings', count };
    default:
      return kind satisfies never;
  }
}
