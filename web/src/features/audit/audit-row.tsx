import type { AuditEntry } from '#contract/platform';
import { scenarioOf } from '#model/platform';
import { Button } from 'antd';
import { Fragment, type ReactElement, useId, useState } from 'react';

import { formatClock, formatDate } from '../../app/format.ts';
import { changedFields } from './changed-fields.ts';
import { actionText, ruleText, subjectText, TEXT } from './text.ts';

/** One record: who did what to what, where, and its link in the chain; before and after on demand. */
export function AuditRow({ entry }: { readonly entry: AuditEntry }): ReactElement {
  const [open, setOpen] = useState(false);
  const detail = useId();
  const [time, who, what, about, where, chain] = TEXT.columns;
  return (
    <Fragment>
      <tr>
        <td data-label={time} className="nowrap figures">
          {formatDate(entry.at)} {formatClock(entry.at)}
        </td>
        <td data-label={who}>
          <Who entry={entry} />
        </td>
        <td data-label={what} title={entry.action}>
          {actionText(entry.action)}
        </td>
        <td data-label={about} className="audit-code" title={entry.subject}>
          {subjectText(entry.subject)}
        </td>
        <td data-label={where}>
          {[entry.place, scenarioName(entry.scenario)].filter((one) => one !== null).join(' · ') || (
            <span className="quiet">{TEXT.absent}</span>
          )}
        </td>
        <td data-label={chain} className="nowrap figures">
          {entry.seq === null ? (
            <span className="quiet" title={TEXT.unsealedHint}>
              {TEXT.unsealed}
            </span>
          ) : (
            TEXT.sealed(entry.seq)
          )}
        </td>
        <td className="audit-more">
          <Button
            size="small"
            type="text"
            aria-expanded={open}
            aria-controls={detail}
            onClick={() => setOpen(!open)}
          >
            {open ? TEXT.less : TEXT.more}
          </Button>
        </td>
      </tr>
      {open && (
        <tr id={detail} className="audit-detail">
          <td colSpan={TEXT.columns.length + 1}>
            <Change entry={entry} />
          </td>
        </tr>
      )}
    </Fragment>
  );
}

function scenarioName(code: string | null): string | null {
  return code === null ? null : (scenarioOf(code)?.name ?? code);
}

function Who({ entry }: { readonly entry: AuditEntry }): ReactElement {
  if (entry.actor.startsWith('rule:')) {
    return (
      <span title={entry.actor}>
        <span className="state-tag">{TEXT.rule}</span> {ruleText(entry.actor)}
      </span>
    );
  }
  if (entry.actor === 'system') return <>{TEXT.system}</>;
  return (
    <>
      {entry.actorName ?? entry.actor}
      <span className="audit-who quiet">
        {[
          entry.actorName === null ? [] : entry.actor,
          entry.actingFor === null ? [] : TEXT.actingFor(entry.actingFor),
          entry.address === null ? [] : TEXT.from_(entry.address),
        ]
          .flat()
          .join(' · ')}
      </span>
    </>
  );
}

function Change({ entry }: { readonly entry: AuditEntry }): ReactElement {
  const fields = changedFields(entry.before, entry.after);
  if (fields.length === 0) return <p className="quiet">{TEXT.nothing}</p>;
  return (
    <table className="audit-change">
      <thead>
        <tr>
          <th scope="col">{TEXT.field}</th>
          <th scope="col">{TEXT.before}</th>
          <th scope="col">{TEXT.after}</th>
        </tr>
      </thead>
      <tbody>
        {fields.map(({ name, before, after }) => (
          <tr key={name} className={before === after ? undefined : 'audit-differs'}>
            <th scope="row">{name}</th>
            <td>{before ?? <span className="quiet">{TEXT.absent}</span>}</td>
            <td>{after ?? <span className="quiet">{TEXT.absent}</span>}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
