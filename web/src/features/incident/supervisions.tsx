import type { IncidentDetail } from '#contract/response';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';

import { SuperviseButton } from '../../ui/chase/supervise-button.tsx';
import { OverdueTag, StateTag } from '../../ui/state-tag.tsx';
import { TimeText } from '../../ui/time-text.tsx';
import { TEXT } from './text.ts';

const TONES = { open: 'waiting', answered: 'active', closed: 'done' } as const;

/** 督办 over an incident: who is asked to answer what until when. */
export function Supervisions({ incident }: { readonly incident: IncidentDetail }): ReactElement {
  const { supervisions } = incident;
  return (
    <section className="panel" aria-label={TEXT.supervisions}>
      <div className="panel-head">
        <h2>{TEXT.supervisions}</h2>
        {incident.state === 'open' && (
          <SuperviseButton
            about={{
              name: `${incident.title} ${incident.code}`,
              orders: [],
              incident: incident.id,
              platform: { code: incident.scenario, name: incident.scenarioName },
            }}
          />
        )}
      </div>
      {supervisions.length === 0 && <p className="quiet panel-body">{TEXT.supervisionsNone}</p>}
      {supervisions.length > 0 && (
        <ul className="panel-body incident-parts">
          {supervisions.map((one) => (
            <li key={one.id}>
              <span className="incident-part-head">
                <Link to="/orders/supervisions/$id" params={{ id: String(one.id) }} className="figures">
                  {one.code}
                </Link>
                <strong>{one.platform}</strong>
                <StateTag tone={TONES[one.state]}>{TEXT.supervisionStates[one.state]}</StateTag>
                {one.overdue && <OverdueTag />}
              </span>
              <small className="quiet">
                {one.asked} · {TEXT.due} <TimeText at={one.answerBy} />
              </small>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
