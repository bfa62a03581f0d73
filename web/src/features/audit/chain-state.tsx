import type { AuditCheck, AuditState } from '#contract/platform';
import { useQuery } from '@tanstack/react-query';
import { Alert } from 'antd';
import type { ReactElement } from 'react';

import { formatNumber } from '../../app/format.ts';
import { Resource } from '../../ui/states.tsx';
import { TimeText } from '../../ui/time-text.tsx';
import { auditStateQuery } from './audit-queries.ts';
import { CHAIN_TEXT } from './text.ts';

/** How far the chain is sealed, when its end was signed, what the last verification found; loudly where it is broken. */
export function ChainState(): ReactElement {
  return (
    <Resource query={useQuery(auditStateQuery)} rows={2}>
      {(state) => (
        <section className="audit-chain" aria-label={CHAIN_TEXT.title}>
          {state.check?.ok === false && <Broken check={state.check} />}
          <dl className="panel audit-facts">
            <div>
              <dt>{CHAIN_TEXT.sealed}</dt>
              <dd>
                <strong className="figures">#{formatNumber(state.seq)}</strong>
                <span className="quiet">{CHAIN_TEXT.waiting(state.unsealed)}</span>
              </dd>
            </div>
            <div>
              <dt>{CHAIN_TEXT.head}</dt>
              <dd>
                {state.head === null ? (
                  <span className="quiet">{CHAIN_TEXT.noHead}</span>
                ) : (
                  <span title={state.head.hash}>
                    {CHAIN_TEXT.headOf(state.head.day, formatNumber(state.head.seq))}
                  </span>
                )}
              </dd>
            </div>
            <div>
              <dt>{CHAIN_TEXT.check}</dt>
              <dd>
                {state.check === null ? (
                  <span className="quiet">{CHAIN_TEXT.noCheck}</span>
                ) : (
                  <>
                    <span className={state.check.ok ? 'audit-sound' : 'audit-broken'}>
                      {state.check.ok ? CHAIN_TEXT.sound : CHAIN_TEXT.broken}
                    </span>
                    <span className="quiet">
                      <TimeText at={state.check.at} />
                    </span>
                  </>
                )}
              </dd>
            </div>
          </dl>
          <Reveals reveals={state.reveals} />
        </section>
      )}
    </Resource>
  );
}

function Broken({ check }: { readonly check: AuditCheck }): ReactElement {
  const where = CHAIN_TEXT.brokenAt(check.brokenSeq, check.brokenId);
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      title={CHAIN_TEXT.brokenTitle}
      description={
        <>
          <p>
            <strong>{where}</strong>
            {where === '' ? '' : '：'}
            {check.finding}
          </p>
          <p>{CHAIN_TEXT.brokenHint}</p>
        </>
      }
    />
  );
}

function Reveals({ reveals }: Pick<AuditState, 'reveals'>): ReactElement | null {
  if (reveals.length === 0) return null;
  return (
    <Alert
      type="warning"
      showIcon
      title={CHAIN_TEXT.reveals}
      description={
        <ul>
          {reveals.map(({ at, actor, count }) => (
            <li key={`${at} ${actor}`}>
              <TimeText at={at} /> {CHAIN_TEXT.reveal(actor, count)}
            </li>
          ))}
        </ul>
      }
    />
  );
}
