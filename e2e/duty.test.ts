// A watch as it is kept: two people swap shifts, a line goes into the log, a call is made, and the watch is handed over;
// and what it hangs on: the holidays of a year, a roster and a store that go out of use.
import type { Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';

import { Client } from '../test/client.ts';
import { PASSWORD } from '../test/puan-process.ts';
import { browserRunsHere } from './browser.ts';
import { clickAtRest, isSameDocument, markDocument, openModule, signIn } from './desk.ts';
import { shoot } from './shoot.ts';
import { setStage, WAIT_MS } from './stage.ts';

const DAY_MS = 86_400_000;
const BEIJING_MS = 8 * 3_600_000;

interface Shift {
  readonly id: number;
  readonly from: number;
  readonly person: { readonly username: string | null; readonly name: string };
}

let admin: Client;
const { puan, screen } = setStage(async ({ url }) => {
  admin = await new Client(url).as('gas.admin', PASSWORD);
});

const dayOf = (at: number): string => new Date(at + BEIJING_MS).toISOString().slice(0, 10);

/** A roster of one seat with its shifts of the next two weeks. */
async function openRoster(
  name: string,
  hours: { readonly from: string; readonly to: string },
  rota: readonly string[],
): Promise<{ readonly id: number; readonly shifts: readonly Shift[] }> {
  const { id } = await admin.ask<{ id: number }>('POST', '/api/v1/rosters', {
    platform: 'GAS',
    name,
    pattern: { workday: [{ name: '', ...hours }], holiday: null },
    seats: [{ name: '值班员', turn: 'shift', rota: rota.map((username) => ({ username })) }],
  });
  const span = { from: dayOf(Date.now()), to: dayOf(Date.now() + 13 * DAY_MS) };
  await admin.ask('POST', `/api/v1/rosters/${id}/generate`, { ...span, acceptConflicts: true });
  const { items } = await admin.ask<{ items: readonly Shift[] }>('GET', `/api/v1/shifts?roster=${id}`);
  return { id, shifts: items };
}

/** The month page on which a shift stands, and its day there. */
function onCalendar(page: Page, shift: Shift) {
  return page.locator('.month tr').filter({ hasText: dayOf(shift.from).slice(5) });
}

async function openMonth(page: Page, roster: number, shift: Shift): Promise<void> {
  await page.goto(`/command/roster?roster=${roster}&month=${dayOf(shift.from).slice(0, 7)}`);
  await onCalendar(page, shift).getByRole('button', { name: shift.person.name }).waitFor();
}

test.skipIf(!browserRunsHere)(
  'a swap asked for on the phone, accepted by the other and approved at the desk stands in the calendar',
  { timeout: WAIT_MS },
  async () => {
    const { id, shifts } = await openRoster('燃气现场值守', { from: '08:00', to: '18:00' }, [
      'gas.handler',
      'gas.leader',
    ]);
    const tomorrow = Date.now() + DAY_MS;
    const own = shifts.find(({ from, person }) => from > tomorrow && person.username === 'gas.handler');
    const other = shifts.find(
      ({ from, person }) => from > (own?.from ?? 0) && person.username === 'gas.leader',
    );
    if (!own || !other) throw new Error('没有排出可换的班次');

    const phone = await screen('phone');
    await signIn(phone, 'gas.handler', '我的待办');
    await phone.getByRole('link', { name: '排班与换班' }).tap();
    // Everybody reads the holidays, and who may not edit them is not asked to.
    await phone.getByRole('button', { name: '节假日' }).tap();
    await phone
      .getByRole('dialog')
      .getByText(/放假 \d+ 天|尚未公布/u)
      .waitFor();
    expect(await phone.getByRole('button', { name: '保存' }).count()).toBe(0);
    await openMonth(phone, id, own);
    await onCalendar(phone, own).getByRole('button', { name: own.person.name }).tap();
    await phone.getByRole('button', { name: '申请换班' }).tap();
    await phone.getByRole('combobox', { name: '换成谁的班次' }).click();
    const option = phone.locator('.ant-select-item-option').filter({ hasText: dayOf(other.from).slice(5) });
    await clickAtRest(option.first());
    await phone.getByRole('textbox', { name: /原因/u }).fill('当天参加培训');
    await phone.getByRole('button', { name: '提出申请' }).tap();
    await phone.getByText(`等 ${other.person.name} 同意`).waitFor();
    await shoot(phone, 'swap-phone');
    await markDocument(phone);

    const leader = await screen('desk');
    await signIn(leader, 'gas.leader', '值守台');
    await openMonth(leader, id, own);
    await decide(leader, '同意换班');
    await leader.getByText('等值班表管理人批准').waitFor();
    expect(await leader.getByRole('button', { name: '批准换班' }).count()).toBe(0);

    const desk = await screen('desk');
    await signIn(desk, 'gas.admin', '值守台');
    await openMonth(desk, id, own);
    await decide(desk, '批准换班');
    await onCalendar(desk, own).getByRole('button', { name: other.person.name }).waitFor();
    await onCalendar(desk, other).getByRole('button', { name: own.person.name }).waitFor();
    await desk.getByText('已换班', { exact: true }).waitFor();
    await shoot(desk, 'roster-desk');

    // The phone learns of the decision by itself.
    await onCalendar(phone, own).getByRole('button', { name: other.person.name }).waitFor();
    expect(await isSameDocument(phone)).toBe(true);
    for (const page of [phone, leader, desk]) await page.context().close();
  },
);

async function decide(page: Page, action: string): Promise<void> {
  const button = { name: action, exact: true };
  await page.getByRole('button', button).click();
  // A click on what still grows may miss it on a busy machine.
  await page.getByRole('dialog').waitFor();
  await page.locator('.ant-zoom-appear').waitFor({ state: 'detached' });
  await page.getByRole('dialog').getByRole('button', button).click();
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
}

const LINE = '高桥门站压力已恢复，交接时再看一次';
const NOTE = '接班后已复看高桥门站压力，正常';

test.skipIf(!browserRunsHere)(
  'a line in two keystrokes and a call stand in the hand-over that the outgoing signs and the incoming signs on the phone',
  { timeout: WAIT_MS },
  async () => {
    const { shifts } = await openRoster('燃气昼夜值班', { from: '00:00', to: '00:00' }, [
      'gas.admin',
      'gas.head',
    ]);
    const [outgoing, incoming] = shifts;
    if (!outgoing || !incoming) throw new Error('没有排出班次');

    const desk = await screen('desk');
    await signIn(desk, 'gas.admin', '值守台');
    await openModule(desk, '指挥体系');
    await desk.getByText(/您正在值班/u).waitFor();
    await shoot(desk, 'duty-now-desk');
    await desk.keyboard.press('n');
    await desk.getByRole('heading', { level: 1, name: '值班日志' }).waitFor();
    await expect.poll(() => desk.evaluate<unknown>('document.activeElement?.id')).toBe('new');
    await desk.keyboard.type(LINE);
    await desk.keyboard.press('Enter');
    const line = desk.locator('.log-line').filter({ hasText: LINE });
    await line.hover();
    await line.getByRole('button', { name: '标为交班须知' }).click();
    await line.getByRole('button', { name: '取消交班须知' }).waitFor();

    await callAndNote(desk);
    await desk.getByRole('link', { name: '当前值守' }).click();
    const roster = desk.locator('.duty-roster').filter({ hasText: '燃气昼夜值班' });
    await roster.getByRole('button', { name: '写交接班' }).click();
    await desk.getByText(LINE).waitFor();
    await desk.getByRole('button', { name: '签字' }).click();
    const waits = `在此之前仍由 ${outgoing.person.name} 负责`;
    await desk.getByText(waits).waitFor();
    expect(await desk.locator('.handover-state').innerText()).toContain(`等接班人 ${incoming.person.name}`);
    await shoot(desk, 'handover-desk');
    await markDocument(desk);

    await takeOver(desk.url(), incoming);
    await desk.getByText(NOTE).waitFor();
    expect(await desk.locator('.handover-state').innerText()).toContain('交接完成');
    expect(await isSameDocument(desk)).toBe(true);
    await desk.context().close();
  },
);

/** 110 is rung from the book; what came of it is written down at once. */
async function callAndNote(desk: Page): Promise<void> {
  await desk.getByRole('link', { name: '通讯录' }).click();
  await desk.getByRole('textbox', { name: /搜索/u }).or(desk.getByRole('searchbox')).first().fill('95598');
  const contact = desk.locator('.contact').filter({ hasText: '95598' });
  await contact.getByRole('button', { name: /拨打/u }).click();
  const dialog = desk.getByRole('dialog');
  await dialog.getByText('95598').first().waitFor();
  await dialog.getByText('无人接听', { exact: true }).click();
  await dialog.getByRole('textbox', { name: /通话要点/u }).fill('占线，十分钟后再拨');
  await shoot(desk, 'call-desk');
  await dialog.getByRole('button', { name: '记下结果' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await desk.getByRole('link', { name: '值班日志' }).click();
  const line = desk.locator('.log-line').filter({ hasText: '占线，十分钟后再拨' });
  await line.waitFor();
  expect(await line.innerText()).toContain('无人接听');
  await shoot(desk, 'log-desk');
}

/** The incoming reads the page on the phone, signs it, and adds what was seen since. */
async function takeOver(address: string, incoming: Shift): Promise<void> {
  const phone = await screen('phone');
  await signIn(phone, 'gas.head', '值守台');
  await phone.goto(new URL(address).pathname);
  await phone.getByText(LINE).waitFor();
  await phone.getByRole('button', { name: '签字' }).tap();
  await phone.getByText(`交接完成，${incoming.person.name}`).waitFor();
  expect(await phone.getByRole('button', { name: '签字' }).count()).toBe(0);
  await phone.getByRole('textbox', { name: '补充一条' }).fill(NOTE);
  await phone.getByRole('button', { name: '补充', exact: true }).tap();
  await phone.getByRole('listitem').filter({ hasText: NOTE }).waitFor();
  await shoot(phone, 'handover-phone');
  await phone.context().close();
}

const YEAR = 2099;
const calendar = `/api/v1/calendars/cn/${YEAR}`;

test.skipIf(!browserRunsHere)(
  'the district enters the holidays of a year while another one does, and takes a roster and a store out of use',
  { timeout: WAIT_MS },
  async () => {
    const { id } = await openRoster('燃气临时值班', { from: '00:00', to: '00:00' }, ['gas.admin']);
    const desk = await screen('desk');
    await signIn(desk, 'district', '值守台');
    await desk.goto(`/command/roster?roster=${id}&month=${YEAR}-10`);
    await desk.getByRole('button', { name: '节假日' }).click();
    const drawer = desk.getByRole('dialog', { name: `${YEAR} 年节假日与调休` });
    await drawer.getByText('还没有录入这一年').waitFor();
    await drawer.getByLabel('名称').fill('国庆节');
    await drawer.getByLabel('从').fill(`${YEAR}-10-01`);
    await drawer.getByLabel(/^到/u).fill(`${YEAR}-10-03`);
    await drawer.getByRole('button', { name: '加上' }).click();
    await drawer.getByRole('button', { name: '删去 10-03 国庆节' }).click();
    await drawer.getByLabel('依据').fill('国务院办公厅关于节假日安排的通知');
    await shoot(desk, 'calendar-desk');

    // Meanwhile somebody else saves the same year: neither's days are lost.
    const day = { day: `${YEAR}-01-01`, kind: 'holiday', name: '元旦' };
    const district = await new Client(puan.url).as('district', PASSWORD);
    await district.ask('PUT', calendar, { days: [day], source: '通知', version: 0 });
    await drawer.getByRole('button', { name: '保存' }).click();
    await drawer.getByRole('button', { name: '取最新内容，保留我的修改' }).click();
    await drawer.getByRole('button', { name: '删去 01-01 元旦' }).waitFor();
    await drawer.getByRole('button', { name: '保存' }).click();
    await desk.getByText(/已保存。已排的班次不变/u).waitFor();
    const { days } = await district.ask<{ days: readonly { day: string }[] }>('GET', calendar);
    expect(days.map((one) => one.day.slice(5))).toEqual(['01-01', '10-01', '10-02']);
    await drawer.getByRole('button', { name: /^(?:Close|关闭)$/u }).click();
    await drawer.waitFor({ state: 'hidden' });

    await retire(desk, desk.getByRole('button', { name: '停用', exact: true }));
    const roster = await district.ask<{ retiredAt: number | null }>('GET', `/api/v1/rosters/${id}`);
    expect(roster.retiredAt).not.toBeNull();
    await desk.goto('/command/contacts?tab=stores');
    const card = desk.locator('.book-card').first();
    const name = await card.locator('strong').innerText();
    await shoot(desk, 'stores-desk');
    await retire(desk, card.getByRole('button', { name: '停用' }));
    await desk.locator('.book-card').filter({ hasText: name }).waitFor({ state: 'hidden' });
    await desk.context().close();
  },
);

async function retire(page: Page, button: Locator): Promise<void> {
  await button.click();
  const asked = page.getByRole('dialog').filter({ hasText: '停用“' });
  await asked.getByRole('button', { name: '停用' }).click();
  await asked.waitFor({ state: 'hidden' });
}
