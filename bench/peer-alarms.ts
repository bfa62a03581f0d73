import os from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';

import { changeLimit } from './change-limit.ts';
import { withEndings } from './endings.ts';
import { driveElsewhere } from './elsewhere.ts';
import { raiseFlood } from './flood.ts';
import { print } from './machine.ts';
import { floodAlertmanager } from './peer-alertmanager.ts';
import { READING_CLIENTS } from './peer.ts';
import { startPrometheus } from './peer-prometheus.ts';
import { setStage, type Stage } from './stage.ts';

const ALERTS = 20_000;
const SERIES = 50_000;
const BATCH = 5000;
const LONGEST_MS = 30_000;
const POLL_MS = 20;
/** Every fortieth of the values that are sent is this or more. */
const LIMIT = 3.9;

/** P6 beside Alertmanager: 20,000 at once, until each has been told. */
export async function floodBeside(program: string): Promise<void> {
  const ours = await withStage(ALERTS, raiseFlood);
  await withEndings(async (endings) => {
    const theirs = await floodAlertmanager(program, ALERTS, endings);
    print({
      name: `P6 flood of ${ALERTS} beside ${theirs.name}`,
      value: Math.round(ours.told),
      unit: 'ms',
      peer: `${theirs.name}, told`,
      peer_value: theirs.told,
      ratio: Math.round((theirs.told / ours.told) * 100) / 100,
      note:
        `浦安：读数到预警、工单落库并进事件流；对方：报警到 webhook，只在内存，一组一次通知，不知道工单；` +
        `答复完 浦安 ${Math.round(ours.answered)} ms，对方 ${theirs.answered} ms；${how()}`,
    });
  });
}

/** P7 beside Prometheus: a limit is changed, until what follows from it can be seen. */
export async function rulesBeside(program: string): Promise<void> {
  const ours = await withStage(SERIES, changeLimit);
  await withEndings(async (endings) => {
    const peer = await startPrometheus(program, endings);
    await driveElsewhere(READING_CLIENTS, {
      target: peer.target,
      points: SERIES,
      batch: BATCH,
      connections: 4,
      seconds: LONGEST_MS / 1000,
      rounds: 2,
    });
    // The rules look at what was there a second ago.
    await sleep(2000);
    const expected = await peer.ask(`count(reading >= ${LIMIT})`);
    const began = performance.now();
    await peer.changeLimit(LIMIT);
    while ((await peer.ask('count(ALERTS)')) < expected) {
      if (performance.now() - began > LONGEST_MS) throw new Error(`${peer.name} did not raise ${expected}`);
      await sleep(POLL_MS);
    }
    const theirs = Math.round(performance.now() - began);
    print({
      name: `P7 limit changed beside ${peer.name}`,
      value: ours.judgedMs,
      unit: 'ms',
      peer: `${peer.name}, rules looked at once a second`,
      peer_value: theirs,
      ratio: Math.round((theirs / ours.judgedMs) * 100) / 100,
      note:
        `浦安：${ours.note}；对方：改规则文件、重新载入，到能查到 ${expected} 条报警为止，${SERIES} 个序列（通常的间隔是 15 s 或 1 min）；` +
        how(),
    });
  });
}

async function withStage<T>(points: number, run: (stage: Stage) => Promise<T>): Promise<T> {
  const stage = await setStage(points);
  try {
    return await run(stage);
  } finally {
    await stage.puan.remove();
  }
}

function how(): string {
  return `依次单独运行，一分钟平均负载 ${os.loadavg()[0]?.toFixed(1)}`;
}
