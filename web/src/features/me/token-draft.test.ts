import { fromBeijing } from '#base';
import { expect, test } from 'vitest';

import { TOKEN_FORM_TEXT } from './text.ts';
import { BLANK_TOKEN, tokenBody } from './token-draft.ts';

const NOON = fromBeijing(2026, 11, 25, 12 * 3_600_000);
const gateway = { ...BLANK_TOKEN, name: ' 防汛水位网关 ' };

test('a gateway’s token reaches as far as its issuer, or is narrowed one way and not the other', () => {
  const filled = { ...gateway, platform: 'FLOOD', scenarios: ['GAS'], device: 'D1' };
  const base = { name: '防汛水位网关', kind: 'gateway' };
  expect(tokenBody(filled, NOON)).toEqual({ body: base });
  expect(tokenBody({ ...filled, reach: 'platform' }, NOON)).toEqual({ body: { ...base, platform: 'FLOOD' } });
  expect(tokenBody({ ...filled, reach: 'scenarios' }, NOON)).toEqual({
    body: { ...base, scenarios: ['GAS'] },
  });
});

test('a device’s token names its device, whatever was chosen for a gateway before', () => {
  const draft = {
    ...gateway,
    kind: 'device' as const,
    device: 'D1',
    reach: 'platform' as const,
    platform: 'FLOOD',
  };
  expect(tokenBody(draft, NOON)).toEqual({ body: { name: '防汛水位网关', kind: 'device', device: 'D1' } });
});

test('a token is good to the end of its last day in Beijing', () => {
  const expiresAt = fromBeijing(2026, 11, 26) - 1;
  expect(tokenBody({ ...gateway, end: '2026-11-25' }, NOON)).toMatchObject({ body: { expiresAt } });
});

test.each([
  [{ ...gateway, name: ' ' }, TOKEN_FORM_TEXT.noName],
  [{ ...gateway, kind: 'device' as const }, TOKEN_FORM_TEXT.noDevice],
  [{ ...gateway, reach: 'platform' as const }, TOKEN_FORM_TEXT.noPlatform],
  [{ ...gateway, reach: 'scenarios' as const }, TOKEN_FORM_TEXT.noScenarios],
  [{ ...gateway, end: '2026-11-24' }, TOKEN_FORM_TEXT.past],
])('what is missing is said before anything is sent', (draft, fault) => {
  expect(tokenBody(draft, NOON)).toEqual({ fault });
});
