// A typhoon drill: started at the desk, its order accepted on the phone, scored from what people did.
import { expect, test } from 'vitest';

import { browserRunsHere } from './browser.ts';
import { clickAtRest, openModule, overflow, signIn } from './desk.ts';
import { LimitClock } from './limit-clock.ts';
import { shoot } from './shoot.ts';
import { setStage, WAIT_MS } from './stage.ts';

const { puan, screen } = setStage();

test.skipIf(!browserRunsHere)(
  'a typhoon drill is started at the desk, its order is accepted on the phone, and the score says so',
  { timeout: WAIT_MS },
  async () => {
    const desk = await screen('desk');
    await signIn(desk, 'flood.admin', '值守台');
    await openModule(desk, '闭环处置全流程');
    await desk.getByRole('link', { name: '演练', exact: true }).click();
    const script = desk.getByRole('article', { name: '台风暴雨：下立交积水与泵站停电' });
    await script.getByRole('button', { name: '看安排和评分项' }).click();
    await script.getByText('下立交工单按时接单').waitFor();
    // Nobody runs drills of another scenario.
    const gas = desk.getByRole('article', { name: '学校周边燃气泄漏' });
    expect(await gas.getByRole('button', { name: '开始演练' }).count()).toBe(0);
    await shoot(desk, 'drill-scripts');
    await script.getByRole('button', { name: '开始演练' }).click();
    await clickAtRest(desk.locator('.ant-popconfirm').getByRole('button', { name: '开始演练' }));
    await desk.getByRole('heading', { level: 1, name: /台风暴雨/u }).waitFor();
    await desk.getByText('【演练】台风测风点').waitFor();
    await desk.getByText('演练进行中').first().waitFor();
    expect(await overflow(desk)).toBeLessThanOrEqual(0);
    await shoot(desk, 'drill-running');

    const phone = await screen('phone');
    await signIn(phone, 'flood.handler', '我的待办');
    const card = phone.getByRole('link', { name: /【演练】台风测风点/u });
    await card.getByText('演练', { exact: true }).waitFor();
    await shoot(phone, 'drill-todo-phone');
    await card.click();
    await phone.getByRole('button', { name: '接单' }).first().click();
    await phone.getByText('已接单').first().waitFor();

    // Words for the seat of the office: read and answered on the phone.
    const clock = await LimitClock.open(puan);
    await clock.drillWordsNow();
    await clock.close();
    const office = await screen('phone');
    await signIn(office, 'flood.admin', '值守台');
    await office.goto('/todo');
    const words = office.getByRole('article').filter({ hasText: '双路电源均失电' });
    await words.waitFor();
    await office.getByText('演练进行中', { exact: false }).first().waitFor();
    expect(await overflow(office)).toBeLessThanOrEqual(0);
    await shoot(office, 'drill-inject-phone');
    await words.getByRole('textbox').fill('移动泵车从张江调，25 分钟到');
    await words.getByRole('button', { name: '回应' }).tap();
    await words.waitFor({ state: 'detached' });
    await desk.getByText('移动泵车从张江调，25 分钟到').waitFor();
    await office.context().close();

    const line = desk.getByRole('row', { name: /大风工单按时接单/u });
    await line.getByText('按时', { exact: true }).waitFor();
    await desk.getByRole('textbox', { name: '中止原因' }).fill('演练目的已达到');
    await desk.getByRole('button', { name: '中止演练' }).click();
    await desk.getByText('中止：演练目的已达到').waitFor();
    await desk.getByText('已结案（测试）').or(desk.getByText('已结案')).first().waitFor();
    await desk.getByRole('textbox', { name: '复盘' }).fill('接单及时，后续科目未展开，下次演练补做。');
    await desk.getByRole('button', { name: '提交复盘' }).click();
    await desk.getByText('已复盘').first().waitFor();
    await shoot(desk, 'drill-result');
    await desk.setViewportSize({ width: 390, height: 844 });
    expect(await overflow(desk)).toBeLessThanOrEqual(0);
    await shoot(desk, 'drill-result-390');
  },
);
