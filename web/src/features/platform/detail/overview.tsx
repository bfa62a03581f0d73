import type { PlatformDetail } from '#contract/platform';
import { Link } from '@tanstack/react-router';
import type { ReactElement, ReactNode } from 'react';

import { formatNumber } from '../../../app/format.ts';
import { Empty } from '../../../ui/states.tsx';
import { Contacts } from './contacts.tsx';
import { FactsPanel } from './facts-panel.tsx';
import { Responsible } from './responsible.tsx';
import { DETAIL_TEXT, DUTY_TEXT } from './text.ts';

/** What a platform is: counts on top, duties and who answers beside its facts and contacts. */
export function Overview({ platform }: { readonly platform: PlatformDetail }): ReactElement {
  return (
    <>
      <Counts platform={platform} />
      <div className="detail-body">
        <div className="detail-column">
          <Responsible platform={platform} />
          <Duties platform={platform} />
        </div>
        <div className="detail-column">
          <FactsPanel platform={platform} />
          <Contacts platform={platform} />
        </div>
      </div>
    </>
  );
}

function Counts({ platform }: { readonly platform: PlatformDetail }): ReactElement {
  const { content, code } = platform;
  const { counts } = DETAIL_TEXT;
  const children = content.children.reduce((sum, { count }) => sum + count, 0);
  const to = { to: '/platforms/$code', params: { code } } as const;
  return (
    <dl className="tiles" title={DETAIL_TEXT.countsHint}>
      {children > 0 && (
        <Tile name={counts.children}>
          <Link {...to} search={{ tab: 'children' }}>
            {formatNumber(children)}
          </Link>
        </Tile>
      )}
      <Tile name={counts.objects}>
        <Link {...to} search={{ tab: 'objects' }}>
          {formatNumber(content.objects)}
        </Link>
      </Tile>
      <Tile name={counts.points}>{formatNumber(content.points)}</Tile>
      <Tile name={counts.openWarnings}>{formatNumber(content.openWarnings)}</Tile>
      <Tile name={counts.openWorkOrders}>{formatNumber(content.openWorkOrders)}</Tile>
    </dl>
  );
}

function Tile({ name, children }: { readonly name: string; readonly children: ReactNode }): ReactElement {
  return (
    <div className="tile">
      <dt>{name}</dt>
      <dd className="figures">{children}</dd>
    </div>
  );
}

function Duties({ platform }: { readonly platform: PlatformDetail }): ReactElement {
  return (
    <section className="panel">
      <h2>{DUTY_TEXT.title}</h2>
      {platform.duties.length === 0 ? (
        <Empty title={DUTY_TEXT.none} hint={DUTY_TEXT.noneHint} />
      ) : (
        <ol className="duties">
          {platform.duties.map((duty) => (
            <li key={duty.text}>
              <p>{duty.text}</p>
              <p className="quiet basis">
                {duty.basis}{' '}
                {!duty.sourceSeen && (
                  <span className="inferred" title={DUTY_TEXT.unseenWhy}>
                    {DUTY_TEXT.unseen}
                  </span>
                )}
              </p>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
