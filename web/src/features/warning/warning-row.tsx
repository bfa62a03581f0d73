import type { Warning } from '#contract/warning';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';

import { HeldTag } from '../../ui/held/held-tag.tsx';
import { LevelTag } from '../../ui/level-tag.tsx';
import { OriginTags } from '../../ui/replay-tag.tsx';
import { OverdueTag, StateTag, WarningStateTag } from '../../ui/state-tag.tsx';
import { TimeText } from '../../ui/time-text.tsx';
import { TEXT } from './text.ts';
import { isUnread } from './is-unread.ts';

interface WarningRowProps {
  readonly warning: Warning;
  readonly fresh: boolean;
  readonly current: boolean;
}

export function WarningRow({ warning, fresh, current }: WarningRowProps): ReactElement {
  const { id, object, item, workOrder } = warning;
  return (
    <tr data-row={id} data-current={current} className={fresh ? 'row-fresh' : undefined}>
      <td className="cell-level">
        <LevelTag level={warning.level} />
      </td>
      <td className="cell-what">
        <Link to="/warnings/$id" params={{ id: String(id) }} className="row-link">
          {object.name}
        </Link>{' '}
        <OriginTags replaySession={warning.replaySession} simulated={warning.simulated} />
        <span className="row-item">
          {item.name}
          <small className="quiet">
            {' · '}
            {warning.scenarioName}
            {object.town !== null && ` · ${object.town}`}
          </small>
        </span>
      </td>
      <td className="cell-why">{warning.reason}</td>
      <td className="cell-state">
        <span className="tags">
          <WarningStateTag state={warning.state} />
          {warning.hold && <HeldTag hold={warning.hold} />}
          {isUnread(warning) && <StateTag tone="waiting">{TEXT.unread}</StateTag>}
        </span>
      </td>
      <td className="cell-time nowrap">
        <TimeText at={warning.openedAt} />
        {warning.changedAt !== warning.openedAt && (
          <small className="quiet">
            <TimeText at={warning.changedAt} />
          </small>
        )}
      </td>
      <td className="cell-order nowrap">
        {workOrder && (
          <span className="warning-order">
            <Link to="/orders/$id" params={{ id: String(workOrder.id) }}>
              {workOrder.code}
            </Link>
            {workOrder.overdue && <OverdueTag />}
          </span>
        )}
      </td>
    </tr>
  );
}
