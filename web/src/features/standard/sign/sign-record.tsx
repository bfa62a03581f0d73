import type { SignRecord, SignTally } from '#contract/warning';
import { LEVELS, LEVEL_TEXT } from '#model/warning';
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';

import { formatDate, formatNumber, formatShare } from '../../../app/format.ts';
import { LevelTag } from '../../../ui/level-tag.tsx';
import { Resource } from '../../../ui/states.tsx';
import { signRecordQuery } from '../queries.ts';
import { RECORD_TEXT } from '../text.ts';
import { RowsTable } from '../../../ui/rows-table.tsx';

const SEVEREST_FIRST = LEVELS.toReversed();

/** How often the sign has fired of late, and how much of it was false. */
export function SignRecordPanel({ code }: { readonly code: string }): ReactElement {
  const query = useQuery(signRecordQuery(code));
  return (
    <Resource query={query} rows={3}>
      {(record) =>
        alarmsIn(record.last12Months) === 0 ? (
          <p className="quiet">
            {RECORD_TEXT.none(formatDate(record.since))}
            {record.simulated > 0 && RECORD_TEXT.simulated(record.simulated)}
          </p>
        ) : (
          <RecordTable record={record} />
        )
      }
    </Resource>
  );
}

function RecordTable({ record }: { readonly record: SignRecord }): ReactElement {
  const rows = [
    { key: '30', name: RECORD_TEXT.last30Days, tally: record.last30Days },
    { key: '12', name: RECORD_TEXT.last12Months, tally: record.last12Months },
    ...record.versions.map((one) => ({
      key: `v${one.id}`,
      name: RECORD_TEXT.ofVersion(one.version),
      tally: one,
    })),
  ];
  const [, , WARNINGS, FALSE, UNDECIDED] = RECORD_TEXT.columns;
  return (
    <>
      <RowsTable columns={RECORD_TEXT.columns}>
        {rows.map(({ key, name, tally }) => (
          <tr key={key}>
            <th scope="row">{name}</th>
            <td data-label={RECORD_TEXT.columns[1]}>
              <Levels tally={tally} />
            </td>
            <td data-label={WARNINGS} className="figures">
              {formatNumber(tally.warnings)}
            </td>
            <td data-label={FALSE} className="figures">
              {falseText(tally)}
            </td>
            <td data-label={UNDECIDED} className="figures">
              {formatNumber(tally.verdicts.undecided)}
            </td>
          </tr>
        ))}
      </RowsTable>
      <p className="quiet small">
        {RECORD_TEXT.since(formatDate(record.since))}
        {record.simulated > 0 && RECORD_TEXT.simulated(record.simulated)}
      </p>
    </>
  );
}

function Levels({ tally }: { readonly tally: SignTally }): ReactElement {
  const levels = SEVEREST_FIRST.filter((level) => tally.alarms[level] > 0);
  if (levels.length === 0) return <span className="quiet">0</span>;
  return (
    <span className="standard-acts">
      {levels.map((level) => (
        <span key={level} className="figures" title={LEVEL_TEXT[level]}>
          <LevelTag level={level} /> {formatNumber(tally.alarms[level])}
        </span>
      ))}
    </span>
  );
}

/** `2（40.0%）`: of the warnings that have a verdict. */
function falseText({ warnings, verdicts }: SignTally): string {
  const decided = warnings - verdicts.undecided;
  const wrong = verdicts['false-alarm'];
  return decided === 0 ? '—' : `${formatNumber(wrong)}（${formatShare(wrong / decided)}）`;
}

function alarmsIn({ alarms }: SignTally): number {
  return LEVELS.reduce((sum, level) => sum + alarms[level], 0);
}
