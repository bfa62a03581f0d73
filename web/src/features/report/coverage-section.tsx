import { basisRoutes, coverageRoutes } from '#contract/standard';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';

import { call } from '../../app/call.ts';
import { formatDateTime, formatNumber, formatShare } from '../../app/format.ts';
import { Failure, Loading } from '../../ui/states.tsx';
import { Figure } from './figure.tsx';
import { COVERAGE_TEXT } from './text.ts';

/** How far what should be watched is watched, as of now, and how the month's changed bases were answered. */
export function CoverageSection({ month }: { readonly month: string }): ReactElement {
  const coverage = useQuery({
    queryKey: ['coverage', 'figures', {}],
    queryFn: ({ signal }) => call(coverageRoutes.getCoverage, { signal }),
  });
  const updates = useQuery({
    queryKey: ['standard', 'update-rate', month],
    queryFn: ({ signal }) => call(basisRoutes.getUpdateRate, { query: { month }, signal }),
  });
  const error = coverage.error ?? updates.error;
  if (error) return <Failure error={error} />;
  if (!coverage.data || !updates.data) return <Loading rows={2} />;
  const { total, plans, takenAt } = coverage.data;
  const due = updates.data.total;
  return (
    <section className="panel">
      <div className="panel-head">
        <h2>{COVERAGE_TEXT.title}</h2>
        <Link to="/standard/coverage">{COVERAGE_TEXT.look}</Link>
      </div>
      <dl className="figures-row">
        <Figure name={COVERAGE_TEXT.rate} value={formatShare(total.rate)} hint={COVERAGE_TEXT.rateHint} />
        <Figure name={COVERAGE_TEXT.registered} value={formatNumber(total.registered)} />
        <Figure
          name={COVERAGE_TEXT.should}
          value={total.should === null ? COVERAGE_TEXT.unknown : formatNumber(total.should)}
        />
        <Figure name={COVERAGE_TEXT.blind} value={formatNumber(total.blind)} />
        <Figure name={COVERAGE_TEXT.dead} value={formatNumber(total.dead)} />
        <Figure name={COVERAGE_TEXT.overdue} value={formatNumber(plans.overdue)} />
        <Figure
          name={COVERAGE_TEXT.updates}
          value={due.rate === null ? '—' : `${formatShare(due.rate)}（${due.inTime}/${due.due}）`}
          hint={COVERAGE_TEXT.updatesHint}
        />
      </dl>
      <p className="panel-body quiet">
        {takenAt === null ? COVERAGE_TEXT.never : COVERAGE_TEXT.asOf(formatDateTime(takenAt))}
      </p>
    </section>
  );
}
