// A warning is put aside with a reason and a limit, says so wherever it shows, calls before the end, and comes back by itself with what
// still stands; what is out of service and what a rule suppresses stand beside it in one place.
import { afterAll, expect, test } from 'vitest';

import { Client } from '../test/client.ts';
import { PASSWORD } from '../test/puan-process.ts';
import { browserRunsHere } from './browser.ts';
import { clickAtRest, isSameDocument, markDocument, openModule, overflow, signIn } from './desk.ts';
import { ShelfClock } from './shelf-clock.ts';
import { shoot } from './shoot.ts';
import { setStage, WAIT_MS } from './stage.ts';

const ROADS = [
  ['E2E-SH-1', '川周公路下立交'],
  ['E2E-SH-2', '罗山路下立交'],
  ['E2E-SH-3', '周邓公路下立交'],
] as const;
/** 封交线以上, and longer than the sign's on-delay. */
const ORANGE_CM = 30;
const STOOD_MS = 150_000;
const FIVE_MINUTES = 300;

let gateway: Client;
let integrator: Client;
let clock: ShelfClock | undefined;
const { screen } = setStage(async (puan) => {
  clock = await ShelfClock.open(puan);
  integrator = await new Client(puan.url).as('flood.admin', PASSWORD);
  for (const [i, [code, name]] of ROADS.entries()) {
    const at = { lat: 31.14 + i * 0.01, lon: 121.6 };
    await integrator.ask('POST', '/api/v1/objects', { code, name, scenarios: ['FLOOD'], ...at });
    await integrator.ask('POST', '/api/v1/points', { code, object: code, element: 'FLOOD.UNDERPASS' });
  }
  const named = { name: '搁置演练', kind: 'gateway' };
  const { token } = await integrator.ask<{ token: string }>('POST', '/api/v1/tokens', named);
  gateway = new Client(puan.url, token);
});
afterAll(() => clock?.close());

async function flood(code: string): Promise<void> {
  const now = Date.now();
  await gateway.ask('POST', '/api/v1/readings', [
    { point: code, observedAt: now - STOOD_MS, value: ORANGE_CM },
    { point: code, observedAt: now, value: ORANGE_CM },
  ]);
}

const HELD = /搁置到/u;

test.skipIf(!browserRunsHere)(
  'a warning is shelved with a reason and a limit, is marked everywhere, and comes back at its end with what still stands',
  { timeout: WAIT_MS },
  async () => {
    const [[first, firstName], [second, secondName]] = ROADS;
    const desk = await screen('desk');
    await signIn(desk, 'flood.admin', '值守台');
    await flood(first);
    await openModule(desk, '预警体征');
    const row = desk.locator('.warning-rows tr').filter({ hasText: firstName });
    await row.getByText('未签收').waitFor();
    await row.getByRole('link', { name: firstName }).click();
    await desk.getByRole('heading', { level: 1, name: `${firstName} · 下立交积水` }).waitFor();
    await markDocument(desk);

    await desk.getByRole('button', { name: '搁置…' }).click();
    const form = desk.getByRole('dialog');
    await form.getByLabel('多久（分钟）').fill('60');
    await form.getByLabel('说明').fill('泵车已到，正在抽排');
    await shoot(desk, 'shelve-form-desk');
    await clickAtRest(form.getByRole('button', { name: '搁置', exact: true }));
    const tag = desk.locator('.page-head').getByText(HELD);
    await tag.waitFor();
    await desk.getByText('拦下的理由：泵车已到，正在抽排').waitFor();
    await shoot(desk, 'shelve-warning-desk');

    // The whole object is put aside before anything stands there: what comes is recorded and is no warning.
    const { items } = await integrator.ask<{ items: { id: number; code: string }[] }>(
      'GET',
      `/api/v1/objects?search=${second}`,
    );
    await integrator.ask('POST', '/api/v1/shelves', {
      target: { scope: 'object', object: items[0]?.id },
      level: 'orange',
      minutes: 60,
      reasonKind: 'construction',
      reason: '泵站检修',
    });
    await flood(second);

    await openModule(desk, '预警体征');
    await desk.getByLabel('报警状态').click();
    await clickAtRest(desk.getByTitle('已搁置', { exact: true }));
    await row.getByText(HELD).waitFor();
    expect(await row.getByText('未签收').count()).toBe(0);
    expect(await desk.locator('.warning-rows').getByText(secondName).count()).toBe(0);
    await shoot(desk, 'shelve-list-desk');

    await desk.getByRole('tab', { name: /搁置与抑制/u }).click();
    const shelves = desk.getByRole('region', { name: '搁置', exact: true });
    await shelves.getByRole('row').filter({ hasText: secondName }).getByText('后面 1 条报警').waitFor();

    await clock?.endIn(FIVE_MINUTES);
    await desk.getByText('搁置即将结束').first().waitFor();
    await shoot(desk, 'shelve-ending-desk');
    await clock?.endIn(0);
    await desk.getByText('没有正在进行或待确认的搁置').waitFor();
    await desk.getByText('搁置即将结束').first().waitFor({ state: 'detached' });

    await desk.getByRole('tab', { name: '生效预警' }).click();
    await row.getByText('未签收').waitFor();
    const back = desk.locator('.warning-rows tr').filter({ hasText: secondName });
    await back.getByText('搁置结束，仍超过限值').waitFor();
    await shoot(desk, 'shelve-back-desk');
    await row.getByRole('link', { name: firstName }).click();
    await desk.getByText(/^搁置结束，仍超过限值：/u).waitFor();
    expect(await tag.count()).toBe(0);
    expect(await isSameDocument(desk)).toBe(true);
    await desk.context().close();
  },
);

test.skipIf(!browserRunsHere)(
  'what is out of service and what a rule suppresses are written down in one place, shown on the object, and ended there',
  { timeout: WAIT_MS },
  async () => {
    const [, , [third, thirdName]] = ROADS;
    const desk = await screen('desk');
    await signIn(desk, 'flood.admin', '值守台');
    await flood(third);
    await openModule(desk, '预警体征');
    await desk.getByRole('tab', { name: /搁置与抑制/u }).click();

    await desk.getByRole('button', { name: '停用…' }).click();
    const form = desk.getByRole('dialog');
    await form.getByRole('combobox', { name: '监测对象' }).fill(thirdName);
    await clickAtRest(desk.getByTitle(`${thirdName}（${third}）`));
    await form.getByLabel('由谁负责（单位、姓名）').fill('养护公司李工');
    await form.getByLabel('到另行通知为止').check();
    await form.getByLabel('理由').fill('下立交改造');
    await shoot(desk, 'shelve-out-form-desk');
    await clickAtRest(form.getByRole('button', { name: '登记', exact: true }));
    const out = desk.getByRole('region', { name: '停用', exact: true });
    const line = out.getByRole('row').filter({ hasText: thirdName });
    await line.getByText('养护公司李工负责').waitFor();
    await line.getByText('仍超限 1 条').waitFor();

    await desk.getByRole('button', { name: '新增规则' }).click();
    const rule = desk.getByRole('dialog').filter({ hasText: '新增规则' });
    await clickAtRest(rule.getByRole('combobox', { name: '场景' }));
    await clickAtRest(desk.getByTitle('防汛防台', { exact: false }).first());
    await rule.getByLabel('规则名称').fill('封交期间不报积水');
    await rule.getByLabel('起因是哪个预警事项').fill('FLOOD.I07');
    await rule.getByLabel('起因是哪个预警事项').press('Enter');
    await rule.getByLabel('抑制哪个预警事项').fill('FLOOD.I06');
    await rule.getByLabel('抑制哪个预警事项').press('Enter');
    await rule.getByLabel('为什么（不少于 5 字）').fill('已经封交，积水不再逐点告警');
    await shoot(desk, 'shelve-rule-form-desk');
    await clickAtRest(rule.getByRole('button', { name: '新增，立即生效' }));
    await desk.getByRole('row').filter({ hasText: '封交期间不报积水' }).waitFor();
    await shoot(desk, 'shelve-held-desk');
    expect(await overflow(desk)).toBe(0);
    await desk.setViewportSize({ width: 390, height: 844 });
    await shoot(desk, 'shelve-held-phone');
    expect(await overflow(desk)).toBe(0);
    await desk.setViewportSize({ width: 1440, height: 900 });

    await openModule(desk, '风险一张图');
    const search = desk.getByRole('combobox', { name: '按名称查找对象' });
    await search.fill(thirdName);
    await desk.getByRole('option').filter({ hasText: thirdName }).waitFor();
    await search.press('Enter');
    await desk.locator('.held-chips').getByText('养护公司李工负责').first().waitFor();
    await shoot(desk, 'shelve-map-desk');

    await openModule(desk, '预警体征');
    await desk.getByRole('tab', { name: /搁置与抑制/u }).click();
    await line.getByRole('button', { name: '恢复使用' }).click();
    const ask = desk.getByRole('dialog').filter({ hasText: '恢复使用' });
    await ask.getByText('恢复后，仍超限的 1 条报警立即成为预警。').waitFor();
    await ask.getByLabel('说明').fill('改造完成');
    await clickAtRest(ask.getByRole('button', { name: '恢复使用' }));
    await desk.getByText('现在没有停用的设备、监测点或对象').waitFor();
    await desk.context().close();
  },
);
