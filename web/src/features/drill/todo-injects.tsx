import { drillRoutes, type WaitingInject } from '#contract/response';
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';

import { call } from '../../app/call.ts';
import { DrillTag } from '../../ui/replay-tag.tsx';
import { ReasonForm } from '../../ui/reason-form.tsx';
import { TimeText } from '../../ui/time-text.tsx';
import { injectsQuery, useDrillAct } from './queries.ts';
import { TEXT } from './text.ts';
import './drill.css';

/** Words of drills that my seat has to answer; nothing where there are none. */
export function TodoInjects(): ReactElement | null {
  const { data } = useQuery(injectsQuery);
  if (!data || data.items.length === 0) return null;
  return (
    <section aria-label={TEXT.todoTitle} className="drill-todo">
      {data.items.map((inject) => (
        <InjectCard key={inject.id} inject={inject} />
      ))}
    </section>
  );
}

function InjectCard({ inject }: { readonly inject: WaitingInject }): ReactElement {
  const { id, drillName, text, toText, firedAt } = inject;
  const answer = useDrillAct((given: string) =>
    call(drillRoutes.answerInject, { params: { id }, body: { answer: given } }),
  );
  return (
    <article className="drill-inject">
      <p className="tags">
        <DrillTag /> <strong>{TEXT.todoTitle}</strong>{' '}
        <span className="quiet">
          {drillName} · {toText} · <TimeText at={firedAt} />
        </span>
      </p>
      <p>{text}</p>
      <ReasonForm
        send={TEXT.answer}
        label={TEXT.answerLabel}
        pending={answer.isPending}
        error={answer.error}
        onSend={(given) => answer.mutate(given)}
      />
    </article>
  );
}
