import type { Event } from '#bus';
import type { ElementState, Sign } from '#model/standard';
import type { Tx } from '#storage';
import { takeNews, withAgreement } from '#workflow';
import { sql } from 'kysely';

import { admitAlarms } from './admission/admit-alarms.ts';
import { AgreementBook } from './agreement/agreement-book.ts';
import { alarmSentence, type KnownSign } from './alarm-sentence.ts';
import { judgedLevels } from './judged-levels.ts';
import { loadObjectFacts } from '#services/context';
import { saveWarnings, type Work } from './save-warnings.ts';

/** Payload of `alarm.raised`, `.changed`, `.normal` and `.released`. */
interface AlarmPayload {
  readonly id: number;
  readonly object: number;
  readonly item: string;
  readonly sign: number;
  readonly toLevel: number;
  readonly value: number;
  readonly session: number | null;
  readonly simulated: boolean;
  /** Set where a person or a rule, not a reading, ended the alarm. */
  readonly why?: string;
  /** Set where something had held it back: why it is let through now. */
  readonly released?: string;
}

/**
 * Alarms → warnings, for a batch of events in their order: what something holds back stays out; one open warning per
 * (object, item), its level the highest its alarms justify; every change kept with one sentence why. Set-based: a flood of 20,000 costs a few statements.
 * `now` is the wall clock, for the audit.
 */
export async function followAlarms(tx: Tx, events: readonly Event[], now: number): Promise<void> {
  const told = events.map((event) => ({ event, payload: event.payload as unknown as AlarmPayload }));
  const admitted = await admitAlarms(
    tx,
    told.map(({ payload }) => payload),
    now,
  );
  const payloads = told.filter(({ payload }) => admitted.has(payload.id));
  const say = await sentences(
    tx,
    payloads.map(({ payload }) => ({ ...payload, passed: admitted.get(payload.id) })),
  );
  const levelFor = await judgedLevels(
    tx,
    payloads.map(({ payload }) => payload.id),
  );
  const open = await openWarnings(
    tx,
    payloads.map(({ payload }) => payload),
  );
  const changed = new Set<Work>();
  for (const { event, payload } of payloads) {
    const key = `${payload.object} ${payload.item}`;
    const before = open.get(key);
    const draft = takeNews(before?.draft, {
      alarm: payload.id,
      toLevel: levelFor(payload.id, payload.toLevel),
      at: event.at,
      reason: say(payload, event.at),
    });
    if (!draft) continue;
    const work = before ?? {
      object: payload.object,
      item: payload.item,
      place: event.place ?? 0,
      scenario: event.scenario ?? 0,
      session: payload.session,
      simulated: payload.simulated,
      id: undefined,
      draft,
    };
    changed.add(work);
    if (draft.level === 0) open.delete(key);
    else open.set(key, work);
  }
  await saveWarnings(tx, [...changed], now);
}

/** How the alarms of a batch are spoken of, each with what agrees with it and why it was let through, or what it went past. */
async function sentences(
  tx: Tx,
  payloads: readonly (AlarmPayload & { readonly passed: string | undefined })[],
): Promise<(payload: AlarmPayload, at: number) => string> {
  const passed = new Map(payloads.map((payload) => [payload.id, payload.passed]));
  const signs = await signsOf(tx, [...new Set(payloads.map(({ sign }) => sign))]);
  const objects = await loadObjectFacts(tx, [...new Set(payloads.map(({ object }) => object))]);
  const standing = payloads.filter(({ toLevel }) => toLevel > 0);
  const book = await AgreementBook.load(
    tx,
    standing.map(({ id }) => id),
  );
  return (payload, at) => {
    const sign = signs.get(payload.sign);
    const bare = payload.why ?? (sign ? alarmSentence(sign, payload, objects.get(payload.object)) : '');
    const agreement =
      payload.toLevel === 0 ? undefined : book.of({ id: payload.id, level: payload.toLevel, at });
    const spoken = agreement === undefined ? bare : withAgreement(bare, agreement);
    const note = payload.released ?? (payload.toLevel > 0 ? passed.get(payload.id) : undefined);
    return note === undefined ? spoken : `${spoken}（${note}）`;
  };
}

async function signsOf(tx: Tx, ids: readonly number[]): Promise<ReadonlyMap<number, KnownSign>> {
  const { rows } = await sql<{ id: number; body: Sign; states: readonly ElementState[] | null }>`
    select s.id, s.body, e.body->'states' as states from sign s left join element e on e.code = s.element_code
    where s.id = any(${[...ids]}) and s.body ? 'measure'`.execute(tx);
  return new Map(rows.map((row) => [row.id, { ...row.body, states: row.states ?? undefined }]));
}

async function openWarnings(tx: Tx, payloads: readonly AlarmPayload[]): Promise<Map<string, Work>> {
  const { rows } = await sql<{
    id: number;
    object_id: number;
    item_code: string;
    place: number;
    scenario: number;
    level: number;
    peak_level: number;
    reason: string;
    opened_at: number;
    changed_at: number;
    replay_session_id: number | null;
    simulated: boolean;
    evidence: [number, number][] | null;
  }>`select w.id, w.object_id, w.item_code, w.place, w.scenario, w.level, w.peak_level, w.reason, w.opened_at, w.changed_at,
      w.replay_session_id, w.simulated,
      (select json_agg(json_build_array(e.alarm_id, e.level)) from warning_evidence e where e.warning_id = w.id) as evidence
    from warning w
    where w.state = 'open' and w.object_id = any(${[...new Set(payloads.map((payload) => payload.object))]})
    order by w.id for update of w`.execute(tx);
  return new Map(
    rows.map((row): [string, Work] => [
      `${row.object_id} ${row.item_code}`,
      {
        object: row.object_id,
        item: row.item_code,
        place: row.place,
        scenario: row.scenario,
        session: row.replay_session_id,
        simulated: row.simulated,
        id: row.id,
        draft: {
          level: row.level,
          peakLevel: row.peak_level,
          reason: row.reason,
          openedAt: row.opened_at,
          changedAt: row.changed_at,
          normalAt: null,
          evidence: new Map(row.evidence ?? []),
          changes: [],
        },
      },
    ]),
  );
}
