import type { ClosureQuality } from '#contract/response';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';

import { formatNumber } from '../../../app/format.ts';
import { rateText } from '../../../ui/rate-text.ts';
import { RowsTable } from '../../../ui/rows-table.tsx';
import { Empty } from '../../../ui/states.tsx';
import type { OrderSearch } from '../search.ts';
import { CLOSURE_TEXT } from './text.ts';

/** 一次结案率 of each unit in a month; each number opens to its orders. */
export function FirstPass({ quality }: { readonly quality: ClosureQuality }): ReactElement {
  const { total, units, month } = quality;
  return (
    <section className="panel" aria-label={CLOSURE_TEXT.firstPass}>
      <div className="panel-head">
        <h2>{CLOSURE_TEXT.firstPass}</h2>
        {total.closed > 0 && <strong className="figures">{rateText(total.firstPass / total.closed)}</strong>}
      </div>
      <p className="panel-body quiet">{CLOSURE_TEXT.firstPassHint}</p>
      {units.length === 0 ? (
        <Empty title={CLOSURE_TEXT.firstPassNone} hint={CLOSURE_TEXT.firstPassNoneHint} />
      ) : (
        <div className="rows-frame">
          <RowsTable columns={CLOSURE_TEXT.unitColumns} label={CLOSURE_TEXT.firstPass}>
            {units.length > 1 && <FirstPassRow month={month} name={CLOSURE_TEXT.total} counts={total} />}
            {units.map((one) => (
              <FirstPassRow key={one.unit} month={month} unit={one.unit} name={one.unit} counts={one} />
            ))}
          </RowsTable>
        </div>
      )}
    </section>
  );
}

interface RowProps {
  readonly month: string;
  readonly name: string;
  /** Absent for all of them together. */
  readonly unit?: string;
  readonly counts: ClosureQuality['total'];
}

function FirstPassRow({ month, name, unit, counts }: RowProps): ReactElement {
  const [who, closed, atOnce, back, rate] = CLOSURE_TEXT.unitColumns;
  const search: OrderSearch = { show: 'all', closedIn: month, ...(unit === undefined ? {} : { unit }) };
  return (
    <tr>
      <td data-label={who}>{unit === undefined ? <strong>{name}</strong> : name}</td>
      <td data-label={closed}>
        <Count n={counts.closed} search={search} />
      </td>
      <td data-label={atOnce}>
        <Count n={counts.firstPass} search={{ ...search, firstPass: 'true' }} />
      </td>
      <td data-label={back}>
        <Count n={counts.closed - counts.firstPass} search={{ ...search, firstPass: 'false' }} />
      </td>
      <td data-label={rate} className="figures">
        {rateText(counts.firstPass / counts.closed)}
      </td>
    </tr>
  );
}

function Count({ n, search }: { readonly n: number; readonly search: OrderSearch }): ReactElement {
  if (n === 0) return <span className="figures">0</span>;
  return (
    <Link to="/orders" search={search} className="figures">
      {formatNumber(n)}
    </Link>
  );
}
