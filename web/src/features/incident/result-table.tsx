import type { FormResult } from '#contract/response';
import type { ReactElement } from 'react';

import { RowsTable } from '../../ui/rows-table.tsx';
import { StateTag } from '../../ui/state-tag.tsx';
import { TimeText } from '../../ui/time-text.tsx';
import { TEXT } from './text.ts';

type Field = FormResult['fields'][number];

/** What came of a form: the sums of each round, and the newest one town by town, the missing first. */
export function ResultTable({ form }: { readonly form: FormResult }): ReactElement {
  const summed = form.fields.filter(({ kind }) => kind !== 'text');
  return (
    <div className="incident-column">
      <RowsTable
        label={TEXT.total}
        columns={[TEXT.round, ...summed.map(({ text }) => text), TEXT.formsTitle]}
      >
        {form.rounds.map((round) => (
          <tr key={round.round}>
            <td>
              {round.round} · <TimeText at={round.askedAt} />
            </td>
            {summed.map((field) => (
              <td key={field.key} data-label={field.text} className="figures">
                {sumText(field, round.sums[field.key])}
              </td>
            ))}
            <td data-label={TEXT.formsTitle}>
              {TEXT.answered(round.answered, round.asked)}
              {round.late > 0 && ` · ${TEXT.lateForms(round.late)}`}
            </td>
          </tr>
        ))}
      </RowsTable>
      <RowsTable
        label={form.title}
        columns={[TEXT.platform, ...form.fields.map(({ text }) => text), TEXT.note, TEXT.answeredAt]}
      >
        {form.rows.map((row) => (
          <tr key={row.platform}>
            <td>{row.platform}</td>
            {form.fields.map((field) => (
              <td key={field.key} data-label={field.text}>
                {answerText(row.answers?.[field.key])}
              </td>
            ))}
            <td data-label={TEXT.note}>{row.note ?? '—'}</td>
            <td data-label={TEXT.answeredAt}>
              {row.answeredAt !== null && <TimeText at={row.answeredAt} />}{' '}
              {row.late && <StateTag tone="late">{TEXT.isLate}</StateTag>}
            </td>
          </tr>
        ))}
      </RowsTable>
    </div>
  );
}

function sumText({ kind, unit = '' }: Field, sum: number | undefined): string {
  if (sum === undefined) return '—';
  return kind === 'number' ? `${sum} ${unit}` : TEXT.yes(sum);
}

function answerText(value: number | string | boolean | undefined): string {
  if (value === undefined) return '—';
  return typeof value === 'boolean' ? (value ? '是' : '否') : String(value);
}
