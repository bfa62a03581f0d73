// A signal that will not hold still: it stands among what should not have called anybody, its proposal is rehearsed on what it really
// sent, and taken.
import { expect, test } from 'vitest';

import { Client } from '../test/client.ts';
import { PASSWORD } from '../test/puan-process.ts';
import { browserRunsHere } from './browser.ts';
import { clickAtRest, openModule, overflow, signIn } from './desk.ts';
import { shoot } from './shoot.ts';
import { setStage, WAIT_MS } from './stage.ts';

const POINT = 'E2E-PERF-1';
const SWINGS = 8;

/** A hail signal that is raised (orange) and taken back eight times in a row. */
const { screen } = setStage(async ({ url }) => {
  const admin = await new Client(url).as('met.admin', PASSWORD);
  await admin.ask('POST', '/api/v1/objects', {
    code: POINT,
    name: '惠南气象站',
    scenarios: ['MET'],
    lat: 31.05,
    lon: 121.75,
    town: '310115136',
  });
  await admin.ask('POST', '/api/v1/points', { code: POINT, object: POINT, element: 'MET.SIG_HAIL' });
  const { token } = await admin.ask<{ token: string }>('POST', '/api/v1/tokens', {
    name: '气象信号',
    kind: 'gateway',
  });
  const gateway = new Client(url, token);
  for (let n = 0; n < SWINGS; n += 1)
    for (const value of [3, 0])
      await gateway.ask('POST', '/api/v1/readings', [{ point: POINT, observedAt: Date.now(), value }]);
});

test.skipIf(!browserRunsHere)(
  'a signal that swings is found, its longer hold rehearsed and taken as a draft',
  { timeout: WAIT_MS },
  async () => {
    const desk = await screen('desk');
    await signIn(desk, 'met.admin', '值守台');
    await openModule(desk, '预警体征');
    await desk.getByRole('tab', { name: '预警绩效' }).click();
    await desk.getByText('指标与目标').waitFor();
    const chattering = desk.getByRole('table', { name: '抖动' });
    await chattering.getByText(`抖动 ${SWINGS - 2} 次，共报警 ${SWINGS} 次`).waitFor();
    await shoot(desk, 'performance-desk');
    expect(await overflow(desk)).toBe(0);
    await clickAtRest(chattering.getByRole('button', { name: /惠南气象站 .* 的改进建议/u }));
    const drawer = desk.getByRole('dialog');
    await drawer.getByText('加长持续时间', { exact: true }).waitFor();
    await clickAtRest(drawer.getByRole('button', { name: '立为建议' }));
    await clickAtRest(drawer.getByRole('button', { name: '按建议演算' }));
    const result = drawer.getByRole('table', { name: '按建议演算' });
    await result.getByRole('row', { name: `这条体征的报警 ${SWINGS} 0` }).waitFor();
    await shoot(desk, 'performance-proposal-desk');
    await desk.setViewportSize({ width: 390, height: 844 });
    expect(await overflow(desk)).toBe(0);
    await shoot(desk, 'performance-proposal-phone');
    await clickAtRest(drawer.getByRole('button', { name: '采纳', exact: true }));
    await drawer.getByText('已采纳', { exact: true }).waitFor();
    await drawer.getByRole('link', { name: '看草案' }).waitFor();
    await desk.keyboard.press('Escape');
    await drawer.waitFor({ state: 'hidden' });
    await shoot(desk, 'performance-phone');
    expect(await overflow(desk)).toBe(0);
    await desk.context().close();
  },
);
