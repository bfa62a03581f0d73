import type { Responsibility } from '#contract/platform';
import { useQueries } from '@tanstack/react-query';
import type { ReactElement } from 'react';

import { formatNumber } from '../../../app/format.ts';
import { Failure, Loading } from '../../../ui/states.tsx';
import type { PlatformKind } from '../kind-text.ts';
import { StateIcon, STATE_TEXT } from '../role-state.tsx';
import { totalsQuery } from './responsibility-queries.ts';
import { KIND_SHORT, TEXT } from './text.ts';

const KINDS: readonly PlatformKind[] = ['district', 'industry', 'scenario', 'lingang', 'town', 'village'];
const STATES = ['named', 'vacant', 'left'] as const;
type State = Responsibility['roles'][number]['state'];

/** Per kind of platform: how many roles are named, vacant, left, as words and as a bar. */
export function Totals({ under }: { readonly under: string | undefined }): ReactElement {
  const queries = useQueries({ queries: KINDS.map((kind) => totalsQuery(kind, under)) });
  const failed = queries.find(({ error }) => error);
  if (failed?.error) return <Failure error={failed.error} retry={() => void failed.refetch()} />;
  if (queries.some(({ isPending }) => isPending)) return <Loading rows={2} />;
  return (
    <ul className="role-totals">
      {queries.map(({ data }, i) => {
        const kind = KINDS[i];
        if (!data || kind === undefined || data.totals.platforms === 0) return null;
        const roles = data.items[0]?.roles ?? [];
        const only = roles.length === 1 ? roles[0]?.roleName : undefined;
        return <Total key={kind} kind={kind} only={only} totals={data.totals} />;
      })}
    </ul>
  );
}

interface TotalProps {
  readonly kind: PlatformKind;
  /** The name of the role, where this kind must name only one. */
  readonly only: string | undefined;
  readonly totals: Readonly<Record<State | 'platforms' | 'required', number>>;
}

function Total({ kind, only, totals }: TotalProps): ReactElement {
  return (
    <li className="panel role-total">
      <strong>{TEXT.total(formatNumber(totals.platforms), KIND_SHORT[kind])}</strong>
      {only !== undefined && <span className="quiet"> · {only}</span>}
      <span className="role-bar" aria-hidden>
        {STATES.map(
          (state) =>
            totals[state] > 0 && (
              <span
                key={state}
                className={`role-part role-part-${state}`}
                style={{ flexGrow: totals[state] }}
              />
            ),
        )}
      </span>
      <span className="role-counts figures">
        {STATES.map((state) =>
          totals[state] === 0 && state === 'left' ? null : (
            <span key={state} className={`role-state role-${state}`}>
              <StateIcon state={state} /> {formatNumber(totals[state])} {STATE_TEXT[state]}
            </span>
          ),
        )}
      </span>
    </li>
  );
}
