import { handRoutes, HAND_SOURCES, type HandPlan } from '#contract/response';
import { DEADLINE_TEXT, ORDER_SOURCE_TEXT } from '#model/response';
import { type Level, LEVEL_TEXT, LEVELS } from '#model/warning';
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Button, Drawer, Input, Select } from 'antd';
import { type ReactElement, useId, useRef, useState } from 'react';

import { call } from '../../../app/call.ts';
import { useCan } from '../../../app/session.ts';
import { ObjectCodeLookUp } from '../../../ui/look-up.tsx';
import { Failure } from '../../../ui/states.tsx';
import { TimeText } from '../../../ui/time-text.tsx';
import { randomKey } from '../../../app/random-key.ts';
import { SendKey } from '../../../app/send-key.ts';
import { SubmitFoot } from '../../../ui/submit-foot.tsx';
import { HAND_TEXT } from './text.ts';

type Source = (typeof HAND_SOURCES)[number];
const TOLD_LENGTH = 5;

/** “人工开单” for whoever dispatches: what a patrol found, a superior or 12345 asked. */
export function OpenByHandButton(): ReactElement | null {
  const may = useCan('work-order.dispatch');
  const [open, setOpen] = useState(false);
  if (!may) return null;
  return (
    <>
      <Button type="primary" onClick={() => setOpen(true)}>
        {HAND_TEXT.open}
      </Button>
      <Drawer
        open={open}
        onClose={() => setOpen(false)}
        title={HAND_TEXT.title}
        size="min(520px, 100vw)"
        destroyOnHidden
      >
        <OpenForm onCancel={() => setOpen(false)} />
      </Drawer>
    </>
  );
}

interface Form {
  readonly source: Source;
  readonly object?: string | undefined;
  readonly item?: string | undefined;
  readonly level: Level;
  readonly told: string;
  readonly unit: string;
}

function OpenForm({ onCancel }: { readonly onCancel: () => void }): ReactElement {
  const [form, setForm] = useState<Form>({ source: 'hotline', level: 'blue', told: '', unit: '' });
  const change = (part: Partial<Form>): void => setForm((before) => ({ ...before, ...part }));
  const { object, item, level } = form;
  const plan = useQuery({
    queryKey: ['response', 'hand-plan', object, item, level],
    queryFn: ({ signal }) =>
      call(handRoutes.planWorkOrder, {
        query: { object: object ?? '', ...(item ? { item, level } : {}) },
        signal,
      }),
    enabled: object !== undefined,
    placeholderData: keepPreviousData,
  });
  const open = useOpen();
  const ready = object !== undefined && item !== undefined && form.told.trim().length >= TOLD_LENGTH;
  return (
    <form
      className="hand-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) open.mutate({ ...form, object, item });
      }}
    >
      <Fields form={form} change={change} items={object === undefined ? [] : (plan.data?.items ?? [])} />
      {plan.error && <Failure error={plan.error} />}
      <PlanNote plan={item === undefined ? null : (plan.data?.plan ?? null)} />
      <SubmitFoot submit={HAND_TEXT.submit} ready={ready} sending={open} onCancel={onCancel} />
    </form>
  );
}

function useOpen() {
  const navigate = useNavigate();
  const sendKey = useRef(new SendKey(randomKey));
  return useMutation({
    mutationFn: ({ unit, ...form }: Form & { readonly object: string; readonly item: string }) => {
      const body = { ...form, ...(unit.trim() === '' ? {} : { unit: unit.trim() }) };
      const idempotencyKey = sendKey.current.for(JSON.stringify(body));
      return call(handRoutes.openWorkOrder, { body: { ...body, idempotencyKey } });
    },
    onSuccess: (order) => void navigate({ to: '/orders/$id', params: { id: String(order.id) } }),
  });
}

interface FieldsProps {
  readonly form: Form;
  readonly change: (part: Partial<Form>) => void;
  readonly items: HandPlan['items'];
}

function Fields({ form, change, items }: FieldsProps): ReactElement {
  const id = useId();
  return (
    <>
      <div className="field">
        <label htmlFor={`${id}s`}>{HAND_TEXT.source}</label>
        <Select<Source>
          id={`${id}s`}
          value={form.source}
          onChange={(source) => change({ source })}
          options={HAND_SOURCES.map((value) => ({ value, label: ORDER_SOURCE_TEXT[value] }))}
        />
      </div>
      <div className="field">
        <label htmlFor={`${id}o`}>{HAND_TEXT.object}</label>
        <ObjectCodeLookUp
          id={`${id}o`}
          label={HAND_TEXT.object}
          value={form.object}
          onChange={(object) => change({ object, item: undefined })}
        />
      </div>
      <div className="field">
        <label htmlFor={`${id}i`}>{HAND_TEXT.item}</label>
        <Select<string | null>
          id={`${id}i`}
          disabled={form.object === undefined}
          notFoundContent={HAND_TEXT.itemNone}
          value={form.item ?? null}
          onChange={(item) => change({ item: item ?? undefined })}
          options={items.map(({ code, name, scenarioName }) => ({
            value: code,
            label: `${name}（${scenarioName}）`,
          }))}
        />
      </div>
      <div className="field">
        <label htmlFor={`${id}l`}>{HAND_TEXT.level}</label>
        <Select<Level>
          id={`${id}l`}
          value={form.level}
          onChange={(level) => change({ level })}
          options={LEVELS.map((value) => ({ value, label: LEVEL_TEXT[value] }))}
        />
      </div>
      <label className="field">
        {HAND_TEXT.told}
        <Input.TextArea
          autoSize={{ minRows: 3, maxRows: 8 }}
          maxLength={2000}
          placeholder={HAND_TEXT.toldHint}
          value={form.told}
          onChange={(event) => change({ told: event.target.value })}
        />
      </label>
      <label className="field">
        {HAND_TEXT.unitOther}
        <Input maxLength={100} value={form.unit} onChange={(event) => change({ unit: event.target.value })} />
      </label>
    </>
  );
}

/** What the order will be: nobody is asked to type what follows from the handbook. */
function PlanNote({ plan }: Pick<HandPlan, 'plan'>): ReactElement {
  if (!plan) return <p className="quiet">{HAND_TEXT.planHint}</p>;
  return (
    <section className="hand-plan" aria-label={HAND_TEXT.plan}>
      <p>
        {HAND_TEXT.unit}：<strong>{plan.unit}</strong>
        <small className="quiet">（{plan.unitReason}）</small>
      </p>
      <p>
        {plan.inHandbook
          ? `${HAND_TEXT.steps(plan.steps.length)}：${plan.disposalTypes.join('、')}`
          : HAND_TEXT.noHandbook}
      </p>
      <p>
        {HAND_TEXT.deadlines}：
        {plan.deadlines.map(({ kind, dueAt }) => (
          <span key={kind} className="hand-limit">
            {DEADLINE_TEXT[kind]} <TimeText at={dueAt} whole />
          </span>
        ))}
      </p>
    </section>
  );
}
