import type { ReportFlagRecord } from '#contract/command';
import { REPORT_CHANNEL_TEXT, REPORT_FLAG_TEXT, REPORT_RECIPIENT_TEXT } from '#model/command';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';

import { formatDateTime } from '../../../app/format.ts';
import { MoreButton } from '../../../ui/more-button.tsx';
import { Empty, Resource } from '../../../ui/states.tsx';
import { StateTag } from '../../../ui/state-tag.tsx';
import { flagsQuery } from './queries.ts';
import { REPORT_TEXT } from './text.ts';

interface FlagListProps {
  readonly platform: string | undefined;
  /** `YYYY-MM`; absent: all. */
  readonly month: string | undefined;
}

/** 迟报、漏报、更改: rows for the assessment, the newest first. */
export function FlagList({ platform, month }: FlagListProps): ReactElement {
  const query = useInfiniteQuery(flagsQuery(platform, month));
  const rows = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Resource query={query}>
      {() =>
        rows.length === 0 ? (
          <Empty title={REPORT_TEXT.noFlags} />
        ) : (
          <div className="rows-frame">
            <ul className="report-duties">
              {rows.map((flag) => (
                <FlagRow key={flag.id} flag={flag} />
              ))}
            </ul>
            <MoreButton count={rows.length} query={query} />
          </div>
        )
      }
    </Resource>
  );
}

function FlagRow({ flag }: { readonly flag: ReportFlagRecord }): ReactElement {
  return (
    <li className="report-duty" data-row={flag.id}>
      <div className="report-duty-head">
        <StateTag tone="late">{REPORT_FLAG_TEXT[flag.kind]}</StateTag>
        <Link to="/command/reports/$id" params={{ id: String(flag.matter.id) }} className="row-link">
          {flag.matter.title}
        </Link>
      </div>
      <span>{detailText(flag)}</span>
      <span className="quiet figures">
        {flag.platform.name} · {flag.duty === null ? '' : `${REPORT_TEXT.dueAt} `}
        {formatDateTime(flag.at)}
      </span>
    </li>
  );
}

/** What was owed and by how much it was missed, or what was changed into what. */
function detailText({ kind, duty, change }: ReportFlagRecord): string {
  if (duty !== null) {
    const way = `${REPORT_CHANNEL_TEXT[duty.channel]}报${REPORT_RECIPIENT_TEXT[duty.recipient]}`;
    const late = duty.fulfilledAt === null ? REPORT_TEXT.minutesOwed : REPORT_TEXT.minutesLate;
    const missed = kind === 'missing' ? '' : `，${late(duty.lateMinutes)}`;
    return `${way}${missed}${REPORT_TEXT.byRule(duty.rule)}`;
  }
  if (change === null) return '';
  const why = change.reason === null ? '' : `（${change.reason}）`;
  return `${change.fieldText}：${change.before ?? ''} → ${change.after ?? ''}${why}`;
}
