import { RightOutlined } from '@ant-design/icons';
import { commandRoutes, type TodoKind } from '#contract/command';
import { useQuery } from '@tanstack/react-query';
import { Link, type LinkProps } from '@tanstack/react-router';
import type { ReactElement } from 'react';

import { StateTag } from '../ui/state-tag.tsx';
import { Failure } from '../ui/states.tsx';
import { call } from './call.ts';
import { formatDuration } from './format.ts';
import { useNow } from './use-now.ts';
import './todo.css';

interface Elsewhere {
  readonly text: (count: number) => string;
  readonly to: NonNullable<LinkProps['to']>;
  readonly search?: LinkProps['search'];
}

/** Where each kind is worked off, and what it is called there. */
const ELSEWHERE: Readonly<Record<TodoKind, Elsewhere>> = {
  verification: { text: (n) => `${n} 条报警待核实`, to: '/warnings', search: { tab: 'verify' } },
  supervision: { text: (n) => `${n} 件督办或整改通知待答复`, to: '/orders/supervisions' },
  'closure-sample': { text: (n) => `${n} 张结案工单待抽查`, to: '/orders/closure' },
  'report-duty': { text: (n) => `${n} 份信息报送待报`, to: '/command/reports' },
  'incident-part': { text: (n) => `${n} 起事件等本单位答复`, to: '/orders/incidents' },
  'suspected-event': { text: (n) => `${n} 件疑似事件待核实`, to: '/monitoring' },
  'swap-answer': { text: (n) => `${n} 份换班申请等我答复`, to: '/command/roster' },
  'swap-approval': { text: (n) => `${n} 份换班申请待审批`, to: '/command/roster' },
  handover: { text: (n) => `${n} 份交班待签字`, to: '/command/handover' },
  'standard-draft': { text: (n) => `${n} 份标准草案待审核`, to: '/standard/drafts' },
  'own-limit': { text: (n) => `${n} 条专用限值待批准`, to: '/standard/own-limits' },
  'account-request': { text: (n) => `${n} 份账号申请待审批`, to: '/platforms/requests' },
};

/** What waits for me in other rooms, a line a kind; nothing where there is none. */
export function TodoElsewhere(): ReactElement | null {
  const now = useNow();
  const { data, error, refetch } = useQuery({
    queryKey: ['command', 'todo'],
    queryFn: ({ signal }) => call(commandRoutes.getTodo, { signal }),
  });
  if (error && data === undefined) return <Failure error={error} retry={() => void refetch()} />;
  const items = data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <ul className="panel todo-elsewhere" aria-label="其他等我办的">
      {items.map(({ kind, count, dueAt }) => {
        const { text, to, search } = ELSEWHERE[kind];
        return (
          <li key={kind}>
            <Link to={to} {...(search ? { search } : {})}>
              <strong>{text(count)}</strong>
              {dueAt !== null && <Due at={dueAt} now={now} />}
              <RightOutlined aria-hidden />
            </Link>
          </li>
        );
      })}
    </ul>
  );
}

function Due({ at, now }: { readonly at: number; readonly now: number }): ReactElement {
  return at < now ? (
    <StateTag tone="late">最早一件已超 {formatDuration(now - at)}</StateTag>
  ) : (
    <span className="quiet">最早一件还剩 {formatDuration(at - now)}</span>
  );
}
