// A threshold from the draft to the open page of a third person: refused while it is wrong, compared, published by another.
import type { Locator, Page } from 'playwright-core';
import { expect, test, vi } from 'vitest';

import { Client } from '../test/client.ts';
import { PASSWORD } from '../test/puan-process.ts';
import { browserRunsHere } from './browser.ts';
import { clickAtRest, isSameDocument, markDocument, overflow, signIn, typePassword } from './desk.ts';
import { shoot } from './shoot.ts';
import { setStage, WAIT_MS } from './stage.ts';
import { openUnderpass } from './underpass.ts';

const SIGN = '下立交积水深';

/** One underpass with readings of the last hour, so that limits have something to be drawn over. */
const { screen } = setStage(async ({ url, hj212Port }) => {
  const client = await new Client(url).as('flood.admin', PASSWORD);
  const underpass = await openUnderpass(client, { number: 1, name: '龙阳路下立交', hj212Port });
  for (const [cm, secondsAgo] of [
    [1, 1800],
    [8, 1200],
    [18, 600],
    [3, 60],
  ] as const)
    await underpass.send(cm, secondsAgo);
  underpass.close();
});

/** Opens the form of the sign in the draft on screen, and types the orange limit. */
async function setOrange(page: Page, limit: string): Promise<void> {
  await page.getByLabel('橙色限值', { exact: true }).fill(limit);
  await page.getByRole('button', { name: '保存', exact: true }).click();
}

/** One step more in the handbook of the item, at orange. */
async function editStep(page: Page): Promise<void> {
  await page.getByRole('tab', { name: '手册' }).click();
  await page.getByRole('button', { name: '编辑 下立交积水 橙色' }).click();
  const form = page.getByRole('dialog', { name: /编辑手册/u });
  await form.getByRole('button', { name: '增加一步' }).click();
  await form.getByRole('button', { name: '保存', exact: true }).click();
  await form.getByText(/请填写第 \d+ 步/u).waitFor();
  await form
    .getByLabel(/^第 \d+ 步$/u)
    .last()
    .fill('复核封交标志是否到位');
  await shoot(page, 'standard-steps-desk');
  await form.getByRole('button', { name: '保存', exact: true }).click();
  await form.waitFor({ state: 'hidden' });
  await page.getByRole('tab', { name: '比较' }).click();
  await page.getByText('复核封交标志是否到位').first().waitFor();
}

/** The sign table goes out and, untouched, comes back without a fault or a change. */
async function readBack(page: Page): Promise<void> {
  await page.getByRole('tab', { name: '表格' }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: '下载体征表（xlsx）' }).click(),
  ]);
  await page.getByLabel('选择改好的表格').setInputFiles(await download.path());
  await page.getByText('没有问题，将有 0 处改动').waitFor();
}

/** The draft over what the underpass said in the last hour, beside the version in force. */
async function rehearse(page: Page): Promise<void> {
  await page.getByRole('tab', { name: '推演' }).click();
  await page.getByText('近一个月').click();
  await page.getByRole('button', { name: '开始推演' }).click();
  await page.getByRole('heading', { name: '各级预警' }).waitFor();
  await page.getByText(/读数 4 · 对象 1/u).waitFor();
  await shoot(page, 'standard-rehearsal-desk');
}

test.skipIf(!browserRunsHere)(
  'a limit is changed: the wrong one is refused in words, the right one compared, rehearsed, published by another, and on an open page',
  { timeout: WAIT_MS },
  async () => {
    const [author, head, third] = [await screen('desk'), await screen('desk'), await screen('desk')];
    await signIn(author, 'flood.admin', '值守台');
    await signIn(head, 'flood.head', '值守台');
    await signIn(third, 'flood.leader', '值守台');

    await third.goto('/standard/signs/FLOOD.S06');
    await third.getByText('≥ 25 cm，持续 2 分钟').first().waitFor();
    await third.getByRole('img', { name: '龙阳路下立交 近日读数' }).waitFor();
    await third.getByRole('img', { name: '龙阳路下立交 近日读数' }).scrollIntoViewIfNeeded();
    await shoot(third, 'standard-sign-readings-desk');
    await markDocument(third);

    await author.goto('/standard/drafts?scenario=FLOOD');
    await author.getByRole('button', { name: '起草新版本' }).click();
    const dialog = author.getByRole('dialog', { name: '起草新版本' });
    await dialog.getByLabel('为什么改').fill('封交线按今年汛期会商意见下调');
    await dialog.getByRole('button', { name: '起草新版本' }).click();
    await author.getByText('检查通过，可以提交').waitFor();
    await author.getByRole('button', { name: `编辑 ${SIGN}`, exact: true }).click();

    // Orange below yellow: kept, but told at the level, and it cannot be handed in.
    await setOrange(author, '10');
    const form = author.getByRole('dialog');
    await form
      .getByText(/阈值须越严重越高：橙色 10 与黄色 15 不符/u)
      .first()
      .waitFor();
    await shoot(author, 'standard-form-fault-desk');
    await form.getByRole('button', { name: '关闭' }).last().click();
    await form.waitFor({ state: 'hidden' });
    await author.getByText('1 处须改正，改正后才能提交').waitFor();
    expect(await author.getByRole('button', { name: '提交审核' }).isDisabled()).toBe(true);
    await shoot(author, 'standard-draft-fault-desk');

    await author.getByRole('button', { name: `编辑 ${SIGN}`, exact: true }).click();
    await setOrange(author, '20');
    await author.getByText('检查通过，可以提交').waitFor();
    await author.getByRole('tab', { name: '比较' }).click();
    await author.getByText(/下立交积水深.*25 cm → 20 cm/u).waitFor();
    await shoot(author, 'standard-compare-desk');
    await editStep(author);
    await readBack(author);
    await rehearse(author);
    await author.getByRole('button', { name: '提交审核' }).click();
    await author.getByText('待审核', { exact: true }).waitFor();
    expect(await author.getByRole('button', { name: '通过并发布' }).count()).toBe(0);

    await head.goto('/standard/drafts');
    await head.getByRole('link', { name: /草案/u }).filter({ hasText: '防汛' }).click();
    await head.getByText(/下立交积水深.*25 cm → 20 cm/u).waitFor();
    await head.getByText(/推演：现行版本 \d+ 次预警，草案 \d+ 次/u).waitFor();
    await head.getByRole('button', { name: '通过并发布' }).click();
    await shoot(head, 'standard-publish-desk');
    await head.getByRole('dialog').getByRole('button', { name: '通过并发布' }).click();
    await head.getByText('已发布', { exact: true }).waitFor();

    await third.getByText('≥ 20 cm，持续 2 分钟').first().waitFor();
    await third.getByText('封交线按今年汛期会商意见下调').waitFor();
    expect(await isSameDocument(third)).toBe(true);
    await shoot(third, 'standard-sign-new-desk');

    // Who deploys sees that the evaluator and the open screens have it, and how long that took.
    const deployer = await screen('desk');
    await deployer.goto('/');
    await typePassword(deployer, 'tech.admin', PASSWORD);
    await deployer.getByRole('navigation', { name: '主导航' }).waitFor();
    await deployer.goto('/standard/versions?scenario=FLOOD');
    await deployer.getByRole('link', { name: '同步核验' }).first().click();
    await deployer.getByRole('heading', { level: 1, name: /同步核验：防汛防台/u }).waitFor();
    await deployer
      .getByText(/^\d+ 毫秒$/u)
      .first()
      .waitFor();
    await shoot(deployer, 'standard-deployment-desk');
  },
);

test.skipIf(!browserRunsHere)(
  'an underpass that floods sooner gets a limit of its own: asked for on the object, approved by another, seen with the sign',
  { timeout: WAIT_MS },
  async () => {
    const [author, head] = [await screen('desk'), await screen('desk')];
    await signIn(author, 'flood.admin', '值守台');
    await signIn(head, 'flood.head', '值守台');
    await author.goto('/platforms/objects');
    await author.getByText('龙阳路下立交').first().click();
    await author.getByRole('link', { name: '体征与限值' }).click();
    await author.getByRole('heading', { level: 1, name: '龙阳路下立交' }).waitFor();
    await author.getByRole('button', { name: `另设限值 ${SIGN}` }).click();
    const form = author.getByRole('dialog');
    await form
      .getByText(/标准 \d+ cm，不高于 \d+ cm/u)
      .first()
      .waitFor();
    await form.getByLabel('橙色限值', { exact: true }).fill('30');
    await form.getByLabel('理由').fill('匝道口地势低，18 厘米即熄火');
    await form.getByRole('button', { name: '提交审批' }).click();
    await form.getByText(/橙色限值只能比标准的 \d+ 严（更低），不能是 30/u).waitFor();
    await shoot(author, 'own-limit-form-desk');
    await form.getByLabel('橙色限值', { exact: true }).fill('18');
    await form.getByRole('button', { name: '提交审批' }).click();
    await form.waitFor({ state: 'hidden' });
    await author.getByText('待审批').first().waitFor();

    await head.goto('/standard/own-limits?state=proposed');
    await head.getByRole('button', { name: '批准 龙阳路下立交 下立交积水深' }).click();
    await shoot(head, 'own-limit-approve-desk');
    await head.getByRole('dialog').getByRole('button', { name: '批准', exact: true }).click();
    await head.getByText('没有对象专用限值').waitFor();
    await author.getByText('有效', { exact: true }).first().waitFor();
    await shoot(author, 'own-limit-object-desk');
    await head.goto('/standard/signs/FLOOD.S06');
    await head.getByText('橙色 ≥ 18 cm').first().waitFor();
    expect(await head.getByText('橙色 ≥ 18 cm').count()).toBe(1);
  },
);

/** Picks from a list of choices by its name. */
async function choose(form: Locator, label: string, option: string): Promise<void> {
  await form.getByLabel(label, { exact: true }).click();
  await form.getByLabel(label, { exact: true }).fill(option);
  const list = form.page().locator('.ant-select-dropdown:visible');
  // While the list closes up under what was typed, a click would meet another line.
  await vi.waitFor(async () => {
    const lines = await list.locator('.ant-select-item-option').allInnerTexts();
    expect(lines.every((line) => line.includes(option))).toBe(true);
  }, WAIT_MS);
  await clickAtRest(list.getByText(option, { exact: true }));
  await list.waitFor({ state: 'hidden' });
}

test.skipIf(!browserRunsHere)(
  'a sign is added by form alone: its item, what is compared, a level, and the handbook entry that is then asked for',
  { timeout: WAIT_MS },
  async () => {
    const page = await screen('desk');
    await signIn(page, 'flood.admin', '值守台');
    await page.goto('/standard/drafts?scenario=FLOOD');
    await page.getByRole('button', { name: '起草新版本' }).click();
    const begin = page.getByRole('dialog', { name: '起草新版本' });
    await begin.getByLabel('为什么改').fill('增加地道积水上涨的体征');
    await begin.getByRole('button', { name: '起草新版本' }).click();
    await page.getByText('检查通过，可以提交').waitFor();

    await page.getByRole('tab', { name: '事项' }).click();
    await page.getByRole('button', { name: '增加预警事项' }).click();
    const item = page.getByRole('dialog', { name: '增加预警事项' });
    await item.getByLabel('名称').fill('地道积水上涨');
    await item.getByLabel('说明').fill('地道积水半小时内明显上涨');
    await item.getByRole('button', { name: '保存', exact: true }).click();
    await item.waitFor({ state: 'hidden' });

    await page.getByRole('tab', { name: /^体征/u }).click();
    await page.getByRole('button', { name: '增加体征' }).click();
    const sign = page.getByRole('dialog', { name: '增加体征' });
    await sign.getByLabel('名称').fill('地道积水半小时上涨');
    await choose(sign, '预警事项', '地道积水上涨');
    await choose(sign, '监测要素', '下立交积水深度');
    await choose(sign, '比较什么', '变化量');
    await sign.getByLabel('看多长一段时间', { exact: true }).fill('0.5');
    await sign.getByRole('button', { name: '增加橙色' }).click();
    await sign.getByLabel('橙色限值', { exact: true }).fill('10');
    await sign.getByLabel('文件或来源').fill('区防汛办会商纪要');
    await shoot(page, 'standard-new-sign-desk');
    await sign.getByRole('button', { name: '保存', exact: true }).click();
    await sign
      .getByText(/指挥手册没有“地道积水上涨”橙色的条目/u)
      .first()
      .waitFor();
    await sign.getByRole('button', { name: '关闭' }).last().click();
    await sign.waitFor({ state: 'hidden' });

    await page.getByRole('tab', { name: /^手册/u }).click();
    await page.getByRole('button', { name: '补写 地道积水上涨 橙色' }).click();
    const entry = page.getByRole('dialog', { name: '编辑手册：地道积水上涨 橙色' });
    await entry.getByRole('button', { name: '保存', exact: true }).click();
    await entry.getByText('请填写第 1 步，或删去它').waitFor();
    await entry.getByLabel('第 1 步', { exact: true }).fill('到场量水深，看上涨快慢');
    await entry.getByLabel('文件或来源').fill('区防汛办会商纪要');
    await shoot(page, 'standard-new-entry-desk');
    await entry.getByRole('button', { name: '保存', exact: true }).click();
    await entry.waitFor({ state: 'hidden' });
    await page.getByText('检查通过，可以提交').waitFor();
    await page.getByRole('tab', { name: '要素' }).click();
    await page.getByRole('button', { name: '编辑 下立交积水深度' }).waitFor();
    await shoot(page, 'standard-elements-desk');

    // What is taken out while something leans on it is told at once.
    await page.getByRole('tab', { name: '事项' }).click();
    await page.getByRole('button', { name: '删去 地道积水上涨' }).click();
    await clickAtRest(page.getByRole('tooltip').getByRole('button', { name: '删去', exact: true }));
    await page.getByText(/处须改正，改正后才能提交/u).waitFor();
    await page.getByRole('tab', { name: /^体征\s*1$/u }).waitFor();
    expect(await page.getByRole('button', { name: '提交审核' }).isDisabled()).toBe(true);
  },
);

const PAGES = [
  '/standard',
  '/standard/signs',
  '/standard/parameters',
  '/standard/handbooks',
  '/standard/switched-off',
  '/standard/own-limits',
  '/standard/own-limits/1',
  '/standard/versions',
  '/standard/drafts',
  '/standard/signs/FLOOD.S06',
  '/standard/signs/FLOOD.S05',
];

test.skipIf(!browserRunsHere)(
  'the standard is reached from the module, searched by text, and fits a desk and a phone',
  { timeout: WAIT_MS },
  async () => {
    const desk = await screen('desk');
    await signIn(desk, 'flood.admin', '值守台');
    await desk.goto('/warnings');
    await desk.getByRole('navigation', { name: '预警体征' }).getByRole('link', { name: '标准' }).click();
    await desk.getByRole('searchbox', { name: '按名称或编码查找' }).fill('内河水位');
    await desk.getByText('≥ 警戒水位').first().waitFor();
    expect(await desk.locator('.standard-rows tbody tr').count()).toBeLessThan(10);
    await desk.getByRole('link', { name: '内河水位', exact: true }).click();
    await desk.getByRole('heading', { level: 1, name: '内河水位' }).waitFor();

    const phone = await screen('phone');
    await signIn(phone, 'flood.admin', '值守台');
    // What fits a phone fits a desk; the desk's pages are looked at by e2e/screenshots.ts.
    for (const path of PAGES) {
      await phone.goto(path);
      await phone.locator('.section-tab-active').waitFor();
      await phone.locator('[aria-label="正在载入"]').first().waitFor({ state: 'hidden' });
      await shoot(phone, `standard-phone${path.replaceAll('/', '-')}`);
      expect([path, await overflow(phone)]).toEqual([path, 0]);
    }

    // The form, too, is one for a phone.
    await phone.goto('/standard/drafts?scenario=FLOOD');
    await phone.getByRole('button', { name: '起草新版本' }).click();
    const dialog = phone.getByRole('dialog', { name: '起草新版本' });
    await dialog.getByLabel('为什么改').fill('现场核对后的修订');
    await dialog.getByRole('button', { name: '起草新版本' }).click();
    await phone.getByRole('button', { name: '编辑 内河水位', exact: true }).click();
    await phone.getByLabel('橙色限值：限值来源').waitFor();
    await shoot(phone, 'standard-form-phone');
    expect(
      await phone.evaluate(
        "(() => { const body = document.querySelector('.ant-drawer-body'); return body.scrollWidth - body.clientWidth; })()",
      ),
    ).toBe(0);
    await phone.getByRole('dialog').getByRole('button', { name: '关闭' }).last().click();
    // Half hidden at the edge, and pressed as long as a finger does: the row must not move away under the press.
    await phone.getByRole('tab', { name: '比较' }).click({ delay: 400 });
    await phone.getByText('还没有改动').waitFor();
    expect(await overflow(phone)).toBe(0);
  },
);
