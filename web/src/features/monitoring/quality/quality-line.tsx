import type { QualityRow } from '#contract/monitoring';
import type { Grade } from '#model/monitoring';
import type { ReactElement } from 'react';

import { formatNumber } from '../../../app/format.ts';
import { rateText } from '../../../ui/rate-text.ts';
import { MARK_TEXT } from '../text.ts';
import { GRADE_TEXT, QUALITY_TEXT } from './text.ts';

/** One group: its grade, five figures, what was suspect and why, and its days. */
export function QualityLine({ row, by }: { readonly row: QualityRow; readonly by: string }): ReactElement {
  const [, grade, online, completeness, accuracy, timeliness, use, marks, days] = QUALITY_TEXT.columns;
  const { figures } = row;
  return (
    <tr>
      <td data-label={by}>
        {row.name} <span className="quiet nowrap">{formatNumber(row.points)} 点</span>
      </td>
      <td data-label={grade}>
        <GradeMark grade={figures.grade} score={figures.score} />
      </td>
      <td data-label={online} className="figures">
        {rateText(figures.online)}
      </td>
      <td
        data-label={completeness}
        className="figures"
        title={
          row.expected === null
            ? undefined
            : `应收 ${formatNumber(row.expected)}，收到 ${formatNumber(row.received)}`
        }
      >
        {rateText(figures.completeness)}
      </td>
      <td data-label={accuracy} className="figures">
        {rateText(figures.accuracy)}
      </td>
      <td data-label={timeliness} className="figures">
        {rateText(figures.timeliness)}
      </td>
      <td data-label={use}>
        {row.warnings > 0 ? (
          QUALITY_TEXT.warnings(formatNumber(row.warnings))
        ) : (
          <span className="quiet">{QUALITY_TEXT.noWarnings}</span>
        )}
      </td>
      <td data-label={marks}>
        {row.marks.length > 0 ? (
          <span className={row.suspect > 0 ? 'quality-marks' : ''}>
            {row.marks
              .map(({ mark, count }) => `${MARK_TEXT[mark] ?? mark} ${formatNumber(count)}`)
              .join('、')}
          </span>
        ) : (
          <span className="quiet">—</span>
        )}
      </td>
      <td data-label={days}>
        <DayStrip days={row.days} />
      </td>
    </tr>
  );
}

function GradeMark({
  grade,
  score,
}: {
  readonly grade: Grade | null;
  readonly score: number | null;
}): ReactElement {
  if (grade === null) return <span className="quiet">—</span>;
  return (
    <span className={`grade grade-${grade}`}>
      {GRADE_TEXT[grade]} <span className="figures">{Math.floor(score ?? 0)}</span>
    </span>
  );
}

/** A square a day: darker is worse; the same told in words to whoever cannot see it. */
function DayStrip({ days }: { readonly days: QualityRow['days'] }): ReactElement {
  const told = days
    .map(({ day, grade }) => `${day.slice(5)} ${grade === null ? '无' : GRADE_TEXT[grade]}`)
    .join('，');
  return (
    <span className="day-strip" role="img" aria-label={told}>
      {days.map(({ day, grade, score }) => (
        <span
          key={day}
          className={`day-cell day-${grade ?? 'none'}`}
          title={`${day} ${grade === null ? '没有数据' : `${GRADE_TEXT[grade]} ${Math.floor(score ?? 0)}`}`}
        />
      ))}
    </span>
  );
}
