// Flood mode as a duty desk meets it: twelve underpasses breach at once, one card stands for them, and one key acknowledges them all.
import { expect, test } from 'vitest';

import { Client } from '../test/client.ts';
import { PASSWORD } from '../test/puan-process.ts';
import { browserRunsHere } from './browser.ts';
import { isSameDocument, markDocument, openModule, overflow, signIn } from './desk.ts';
import { shoot } from './shoot.ts';
import { setStage, WAIT_MS } from './stage.ts';

const COUNT = 12;
const DEEPEST_CM = 66;
/** 康桥镇. */
const TOWN = '310115136';

/** Two that are still dry, and the rain gauge between them. */
const DRY = ['E2E-FL-DRY-1', 'E2E-FL-DRY-2'];
const RAIN = 'E2E-FL-RAIN';

const codes = Array.from({ length: COUNT }, (_, i) => `E2E-FL-${i}`);
let gateway: Client;
const { screen } = setStage(async ({ url }) => {
  const integrator = await new Client(url).as('flood.admin', PASSWORD);
  const register = async (code: string, name: string, lat: number, element: string): Promise<void> => {
    const at = { scenarios: ['FLOOD'], lat, lon: 121.6, town: TOWN };
    await integrator.ask('POST', '/api/v1/objects', { code, name, ...at });
    await integrator.ask('POST', '/api/v1/points', { code, object: code, element });
  };
  for (const [i, code] of codes.entries())
    await register(code, `秀浦路 ${i + 1} 号下立交`, 31.14 + i * 0.0005, 'FLOOD.UNDERPASS');
  for (const [i, code] of DRY.entries())
    await register(code, `康新公路 ${i + 1} 号下立交`, 31.15 + i * 0.0005, 'FLOOD.UNDERPASS');
  await register(RAIN, '康桥雨量站', 31.15, 'FLOOD.RAIN_5M');
  const { token } = await integrator.ask<{ token: string }>('POST', '/api/v1/tokens', {
    name: '洪峰演练',
    kind: 'gateway',
  });
  gateway = new Client(url, token);
});

test.skipIf(!browserRunsHere)(
  'twelve warnings in a moment are one card on the duty desk, and one key acknowledges them',
  { timeout: WAIT_MS },
  async () => {
    const desk = await screen('desk');
    await signIn(desk, 'flood.admin', '值守台');
    await desk.getByText('实时', { exact: true }).first().waitFor();
    await markDocument(desk);
    const now = Date.now();
    await gateway.ask(
      'POST',
      '/api/v1/readings',
      codes.map((point, i) => ({ point, observedAt: now, value: DEEPEST_CM - i })),
    );

    await desk.getByText(`洪峰模式：10 分钟内 ${COUNT} 条，已按原因归并`).waitFor();
    const card = desk.locator('.warning-card').filter({ hasText: '下立交积水' });
    await card.getByText(`康桥镇 ${COUNT} 处下立交积水，最高 ${DEEPEST_CM} cm`).waitFor();
    expect(await card.count()).toBe(1);
    expect(await isSameDocument(desk)).toBe(true);
    await shoot(desk, 'flood-desk');

    await desk.keyboard.press('j');
    await desk.keyboard.press('Enter');
    await card.getByRole('link', { name: '秀浦路 1 号下立交' }).waitFor();
    await desk.keyboard.press('x');
    await desk.getByText(`已选 1 张卡片，${COUNT} 条预警`).waitFor();
    await shoot(desk, 'flood-card-desk');
    await desk.keyboard.press('a');
    await desk.getByText(`已办理 ${COUNT} 条。`).waitFor();
    await card.getByText('已全部签收').waitFor();

    await openModule(desk, '预警体征');
    await desk.getByText('归并', { exact: true }).click();
    await card.getByText(`康桥镇 ${COUNT} 处下立交积水`).waitFor();
    await shoot(desk, 'flood-warnings-desk');
    await desk.setViewportSize({ width: 390, height: 844 });
    await shoot(desk, 'flood-phone');
    await desk.context().close();
  },
);

const MINUTE = 60_000;

test.skipIf(!browserRunsHere)(
  'rain that comes to orange names the underpasses around it and when, and whoever stands there signs that he knows',
  { timeout: WAIT_MS },
  async () => {
    const desk = await screen('desk');
    await signIn(desk, 'flood.admin', '值守台');
    const now = Date.now();
    await gateway.ask('POST', '/api/v1/readings', [
      ...DRY.map((point) => ({ point, observedAt: now, value: 1 })),
      ...[10, 5, 0].map((minutes) => ({ point: RAIN, observedAt: now - minutes * MINUTE, value: 30 })),
    ]);
    await openModule(desk, '预警体征');
    await desk.getByRole('tab', { name: '连带影响' }).click();
    const card = desk.locator('.cascade-card').filter({ hasText: '康桥雨量站' });
    await card.getByText(/将波及 \d+ 处/u).waitFor();
    await card.getByRole('button', { name: '看全部' }).click();
    const row = card.getByRole('row').filter({ hasText: '康新公路 1 号下立交' });
    await row.getByText('3 公里内的下立交随汇流积水', { exact: false }).waitFor();
    await shoot(desk, 'cascade-desk');
    const sign = card.getByRole('button', { name: '签收 防汛防台', exact: false }).first();
    await sign.click();
    await card.getByText('已签收', { exact: false }).first().waitFor();
    await desk.setViewportSize({ width: 390, height: 844 });
    expect(await overflow(desk)).toBe(0);
    await shoot(desk, 'cascade-phone');
    await desk.context().close();
  },
);
