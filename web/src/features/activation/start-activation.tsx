import { activationRoutes } from '#contract/response';
import {
  ACTIVATION_GRADE_TEXT,
  ACTIVATION_GRADES,
  ACTIVATION_PLANS,
  type ActivationGrade,
  measuresOf,
} from '#model/response';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Drawer, Segmented, Select } from 'antd';
import { type ReactElement, useId, useState } from 'react';

import { call } from '../../app/call.ts';
import { useSession } from '../../app/session.ts';
import { ReasonForm } from '../../ui/reason-form.tsx';
import { areWhole, draftsOf, type MeasureDraft, MeasureRows } from './measure-rows.tsx';
import { TEXT } from './text.ts';

/** “启动应急响应” for whoever decides, at the platform where he sits. */
export function StartActivation(): ReactElement | null {
  const session = useSession();
  const [open, setOpen] = useState(false);
  if (!session?.capabilities.includes('activation.decide')) return null;
  return (
    <>
      <Button type="primary" onClick={() => setOpen(true)}>
        {TEXT.start}
      </Button>
      <Drawer
        open={open}
        onClose={() => setOpen(false)}
        title={TEXT.start}
        size="min(560px, 100vw)"
        destroyOnHidden
      >
        <StartForm platform={session.roles[0]?.platform ?? 'PD'} onDone={() => setOpen(false)} />
      </Drawer>
    </>
  );
}

/** What the plan obliges at this grade; whoever starts it changes the list before. */
function planned(code: string, grade: ActivationGrade): readonly MeasureDraft[] {
  const plan = ACTIVATION_PLANS.find((one) => one.code === code);
  return plan ? draftsOf(measuresOf(plan, grade)) : [];
}

function StartForm({
  platform,
  onDone,
}: {
  readonly platform: string;
  readonly onDone: () => void;
}): ReactElement {
  const id = useId();
  const [plan, setPlan] = useState(ACTIVATION_PLANS[0]?.code ?? '');
  const [grade, setGrade] = useState<ActivationGrade>('IV');
  const [drafts, setDrafts] = useState(() => planned(plan, grade));
  const client = useQueryClient();
  const choose = (nextPlan: string, nextGrade: ActivationGrade): void => {
    setPlan(nextPlan);
    setGrade(nextGrade);
    setDrafts(planned(nextPlan, nextGrade));
  };
  const start = useMutation({
    mutationFn: (ground: string) => {
      const measures = drafts.map(({ text, unit }) => ({ text, unit }));
      return call(activationRoutes.startActivation, { body: { plan, grade, platform, ground, measures } });
    },
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['activation'] });
      onDone();
    },
  });
  return (
    <ReasonForm
      send={TEXT.start}
      label={TEXT.ground}
      disabled={!areWhole(drafts)}
      pending={start.isPending}
      error={start.error}
      onSend={(ground) => start.mutate(ground)}
    >
      <div className="field">
        <label htmlFor={id}>{TEXT.plan}</label>
        <Select<string>
          id={id}
          value={plan}
          onChange={(next) => choose(next, grade)}
          options={ACTIVATION_PLANS.map(({ code, name }) => ({ value: code, label: name }))}
        />
      </div>
      <Segmented<ActivationGrade>
        aria-label={TEXT.grade}
        value={grade}
        onChange={(next) => choose(plan, next)}
        options={ACTIVATION_GRADES.toReversed().map((value) => ({
          value,
          label: ACTIVATION_GRADE_TEXT[value],
        }))}
      />
      <MeasureRows value={drafts} onChange={setDrafts} />
    </ReasonForm>
  );
}
