// The platform system as people walk it: find a platform, set a value and see where it comes from, bring in a messy sheet.
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import writeXlsxFile from 'write-excel-file/node';

import { browserRunsHere } from './browser.ts';
import { clickAtRest, signIn } from './desk.ts';
import { shoot } from './shoot.ts';
import { setStage, WAIT_MS } from './stage.ts';

const { screen } = setStage();

async function desk(username: string): Promise<Page> {
  const page = await screen('desk');
  await signIn(page, username, '值守台');
  return page;
}

test.skipIf(!browserRunsHere)(
  'a platform is found by keyboard, a setting is tightened there, and below it is seen where the value comes from',
  { timeout: WAIT_MS },
  async () => {
    const page = await desk('district');
    await page.goto('/platforms');
    // What lies below the first comes a moment after it.
    await page.locator('[role=treeitem][aria-level="2"]').first().waitFor();
    await page.getByRole('treeitem').first().focus();
    await page.keyboard.press('ArrowDown');
    expect(await page.locator('[role=treeitem]:focus').getAttribute('aria-level')).toBe('2');

    await page.getByRole('searchbox', { name: '按名称查找平台' }).focus();
    await page.keyboard.insertText('张江镇');
    const results = page.getByRole('region', { name: '查找结果' });
    await results.getByRole('link', { name: '张江镇', exact: true }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: '张江镇' }).waitFor();
    await page.getByRole('heading', { name: '职责' }).waitFor();
    await shoot(page, 'platform-desk');

    await page.getByRole('tab', { name: '设置' }).click();
    const setting = page.getByRole('region', { name: '会话空闲时限' });
    await setting.getByText('来自系统默认').waitFor();
    await setting.getByRole('button', { name: '在本级设定' }).click();
    const field = setting.getByRole('textbox', { name: '会话空闲时限' });
    await field.fill('600');
    await field.press('Enter');
    await setting.getByRole('alert').waitFor();
    await field.fill('20');
    await field.press('Enter');
    await setting.getByText('本级设定', { exact: true }).waitFor();
    expect(await setting.getByRole('listitem').last().innerText()).toContain('20 分钟');
    await shoot(page, 'settings-desk');

    await page.getByRole('tab', { name: '下级平台' }).click();
    await page.locator('.rows-cards .row-link').first().click();
    await page.getByRole('tab', { name: '设置' }).click();
    const below = page.getByRole('region', { name: '会话空闲时限' });
    await below.getByText('来自 张江镇').waitFor();
    expect(await below.getByRole('listitem').filter({ hasText: '生效' }).innerText()).toContain('张江镇');
    await page.context().close();
  },
);

const HEADERS = ['编号', '设施名称', '所属场景', '纵坐标（度）', '经度', '产权单位'];
const GOOD = [
  ['E2E-UP-1', '祖冲之路下立交', '防汛防台', '31.2065', '121.5990', '区建交委'],
  // Full-width digits and trailing blanks are what sheets really have.
  ['E2E-UP-2', '张衡路下立交 ', '防汛防台', '３１.2011', '121.6012', ''],
];

async function sheet(rows: readonly (readonly string[])[]): Promise<Buffer> {
  return writeXlsxFile([HEADERS, ...rows].map((row) => row.map((value) => ({ value })))).toBuffer();
}

async function choose(page: Page, rows: readonly (readonly string[])[]): Promise<void> {
  await page.locator('input[type=file]').setInputFiles({
    name: '下立交台账.xlsx',
    mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    buffer: await sheet(rows),
  });
}

test.skipIf(!browserRunsHere)(
  'a messy sheet is checked, a column mapped by hand, its faults mended, and only then are its objects on the list',
  { timeout: WAIT_MS },
  async () => {
    const page = await desk('district');
    await page.goto('/platforms/objects');
    await page.getByRole('button', { name: '批量导入' }).click();
    await page.getByRole('heading', { level: 1, name: '批量导入' }).waitFor();
    await choose(page, [
      ...GOOD,
      ['E2E-UP-3', '', '防汛防台', '31.21', '121.60', ''],
      ['E2E-UP-4', '哈雷路下立交', '没有的场景', '31.21', '一百二十一', ''],
    ]);
    await page.getByText('还缺必填的列：纬度').waitFor();
    const confirm = page.getByRole('button', { name: '确认导入' });
    expect(await confirm.isDisabled()).toBe(true);

    const column = page.getByRole('row').filter({ hasText: '纵坐标（度）' });
    expect(await column.innerText()).toContain('31.2065');
    await column.getByRole('combobox').click();
    await clickAtRest(page.locator('.ant-select-item-option').filter({ hasText: '纬度（必填）' }));
    await page.getByRole('button', { name: '保存对应并重新核对' }).click();
    await page.getByText('已套用“下立交台账”').waitFor();

    const faults = page.getByRole('region', { name: '问题清单' });
    const shown = await faults.getByRole('row').allInnerTexts();
    // The header and three faults: a name in row 4; a scenario and a longitude in row 5.
    expect(shown.slice(1).map((row) => row.split('\t')[0])).toEqual(['4', '5', '5']);
    expect(shown.join('\n')).toContain('一百二十一');
    expect(await confirm.isDisabled()).toBe(true);
    await shoot(page, 'import-faults-desk');

    await choose(page, [
      ...GOOD,
      ['E2E-UP-4', '哈雷路下立交', '防汛防台', '31.2140', '121.6033', '区建交委'],
    ]);
    await page.getByText('没有问题，可以导入').waitFor();
    await page.getByRole('button', { name: '确认导入 3 行' }).click();
    await page.getByText('新增 3，更新 0，不变 0').waitFor();
    await page.getByRole('link', { name: '去看列表' }).click();

    await page.getByRole('searchbox', { name: '按名称或编码查找对象' }).fill('E2E-UP-2');
    await page.getByRole('button', { name: '张衡路下立交' }).click();
    const drawer = page.getByRole('dialog');
    await drawer.getByText('31.201100, 121.601200').waitFor();
    const links = drawer.getByRole('region', { name: '关联对象' });
    await links.getByRole('combobox', { name: '按名称或编码查找要关联的对象' }).fill('E2E-UP-1');
    await clickAtRest(page.locator('.ant-select-item-option').filter({ hasText: '祖冲之路下立交' }));
    await links.getByRole('button', { name: '添加关联' }).click();
    await links.getByRole('link', { name: '祖冲之路下立交' }).waitFor();
    await shoot(page, 'object-desk');
    await links.getByRole('link', { name: '祖冲之路下立交' }).click();
    await links.getByText('写在对方，到对方那里改').waitFor();
    await links.getByRole('link', { name: '张衡路下立交' }).click();
    await links.getByRole('button', { name: '解除与“祖冲之路下立交”的关联' }).click();
    await links.getByText('没有关联对象').waitFor();
    await page.context().close();
  },
);

/** Chooses in a list of a form by what the option says. */
async function pick(page: Page, label: string, option: string): Promise<void> {
  const field = page.getByRole('dialog').getByRole('combobox', { name: label });
  await field.fill(option);
  await clickAtRest(page.locator('.ant-select-item-option').filter({ hasText: option }).first());
}

test.skipIf(!browserRunsHere)(
  'what the ledger names and nobody registered is listed and planned for; a basis that was replaced opens its task on the open page',
  { timeout: WAIT_MS },
  async () => {
    const page = await desk('flood.admin');
    await page.goto('/standard/ledger');
    await page.getByRole('button', { name: '登记一条' }).click();
    const form = page.getByRole('dialog');
    await pick(page, '对象类别', '下立交');
    await pick(page, '街镇', '张江镇');
    await form.getByLabel('名称（登记一个具体对象时填）').fill('金科路下立交');
    await form.getByLabel('来源').fill('区防汛办年度台账');
    await form.getByLabel('截至日期').fill('2026-10-31');
    await form.getByRole('button', { name: /保\s?存/u }).click();
    await page.getByRole('rowheader', { name: '下立交' }).waitFor();

    await page.getByRole('link', { name: '覆盖', exact: true }).click();
    const step = page.getByRole('listitem').filter({ hasText: '已登记' });
    await step.getByRole('button', { name: /缺 1/u }).click();
    const list = page.getByRole('region', { name: '台账里有、平台上没有的' });
    await list.getByRole('button', { name: '定补齐计划' }).click();
    await form.getByLabel('做什么').fill('现场普查后登记');
    await form.getByLabel('由谁负责').fill('张江镇城运中心');
    await form.getByLabel('什么时候前').fill('2099-12-31');
    await form.getByRole('button', { name: /保\s?存/u }).click();
    await list.getByText('2099-12-31 张江镇城运中心：现场普查后登记').waitFor();
    await shoot(page, 'coverage-desk');

    await page.goto('/map');
    await page.getByRole('radio', { name: '预警', exact: true }).focus();
    await page.keyboard.press('ArrowRight');
    const towns = page.getByRole('region', { name: '街镇，覆盖低的在前' });
    await towns.getByRole('button', { name: /张江镇/u }).press('Enter');
    await page.getByRole('region', { name: '张江镇' }).getByRole('link', { name: '未登记 1' }).click();
    await list.getByText('2099-12-31 张江镇城运中心：现场普查后登记').waitFor();

    await page.getByRole('link', { name: '依据变更' }).click();
    await page.getByRole('searchbox').fill('黄浦江潮位预警新闻通稿');
    // The list is asked anew while one types: only the document's own row will do.
    const basis = page.getByRole('row').filter({ hasText: '黄浦江潮位预警新闻通稿' });
    await basis.getByRole('button', { name: '登记被替代' }).first().click();
    await form.getByLabel('被什么替代').fill('上海市潮位预警标准（2026）');
    await form.getByLabel('变更日期').fill('2026-11-01');
    await form.getByRole('button', { name: '登记被替代' }).click();
    const task = page.getByRole('row').filter({ hasText: '→ 上海市潮位预警标准（2026）' });
    await task.first().waitFor();
    expect(await task.first().innerText()).toMatch(/待回应|逾期/u);
    await shoot(page, 'bases-desk');
    await page.context().close();
  },
);
