import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import type { ReactElement } from 'react';

import { TEXT } from './text.ts';

/** A measure as it is being edited; `key` stays while its words change. */
export interface MeasureDraft {
  readonly key: number;
  readonly text: string;
  readonly unit: string;
  readonly done: boolean;
}

type Words = Pick<MeasureDraft, 'text' | 'unit'>;

export function draftsOf(
  measures: readonly (Words & { readonly done?: boolean })[],
): readonly MeasureDraft[] {
  return measures.map(({ text, unit, done = false }, key) => ({ key, text, unit, done }));
}

/** Whether every line says what and by whom, and none stands there twice. */
export function areWhole(drafts: readonly Words[]): boolean {
  const texts = drafts.map(({ text }) => text.trim());
  return (
    drafts.length > 0 &&
    drafts.every(({ text, unit }) => text.trim().length > 1 && unit.trim() !== '') &&
    new Set(texts).size === texts.length
  );
}

interface MeasureRowsProps {
  readonly value: readonly MeasureDraft[];
  readonly onChange: (value: readonly MeasureDraft[]) => void;
}

/** What a response obliges, line by line: what and by whom. */
export function MeasureRows({ value, onChange }: MeasureRowsProps): ReactElement {
  const put = (key: number, words: Partial<Words>): void =>
    onChange(value.map((one) => (one.key === key ? { ...one, ...words } : one)));
  const next = Math.max(-1, ...value.map(({ key }) => key)) + 1;
  return (
    <fieldset className="measure-rows">
      <legend>{TEXT.measures}</legend>
      {value.map((one, i) => (
        <div key={one.key} className="measure-row">
          <Input.TextArea
            autoSize
            aria-label={TEXT.measureText(i + 1)}
            maxLength={200}
            value={one.text}
            onChange={({ target }) => put(one.key, { text: target.value })}
          />
          <Input
            aria-label={TEXT.measureUnit(i + 1)}
            maxLength={60}
            value={one.unit}
            onChange={({ target }) => put(one.key, { unit: target.value })}
          />
          <Button
            aria-label={TEXT.measureDrop(i + 1)}
            icon={<DeleteOutlined />}
            onClick={() => onChange(value.filter(({ key }) => key !== one.key))}
          />
        </div>
      ))}
      <Button
        icon={<PlusOutlined />}
        onClick={() => onChange([...value, { key: next, text: '', unit: '', done: false }])}
      >
        {TEXT.measureAdd}
      </Button>
    </fieldset>
  );
}
