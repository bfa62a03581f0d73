import type { organisationRoutes, Unit, UnitKind } from '#contract/platform';
import type { z } from 'zod';

import type { Draft } from '../draft.ts';
import { FORM } from './text.ts';

type CreateBody = z.input<typeof organisationRoutes.createUnit.body>;
type UpdateBody = z.input<typeof organisationRoutes.updateUnit.body>;
export type UnitField = keyof typeof FORM.fields;

export const EMPTY_UNIT: Draft = {
  code: '',
  name: '',
  kind: 'responsible',
  platform: '',
  creditCode: '',
  contact: '',
  phone: '',
  address: '',
  note: '',
};

/** A unit as it is typed; the number is masked, so it starts empty and empty means unchanged. */
export function draftOfUnit(unit: Unit): Draft {
  return {
    name: unit.name,
    kind: unit.kind,
    platform: unit.platform,
    creditCode: unit.creditCode ?? '',
    contact: unit.contact ?? '',
    phone: '',
    address: unit.address ?? '',
    note: unit.note ?? '',
  };
}

const NEEDED: readonly UnitField[] = ['code', 'name', 'platform'];

/** What must be mended before it is worth sending. */
export function faultOfUnit(draft: Draft): string | undefined {
  const missing = NEEDED.find((field) => draft[field]?.trim() === '');
  if (missing !== undefined) return FORM.need(FORM.fields[missing]);
  const credit = draft['creditCode']?.trim() ?? '';
  return credit === '' || /^[0-9A-Z]{18}$/u.test(credit) ? undefined : FORM.badCredit;
}

const FREE = ['creditCode', 'contact', 'phone', 'address', 'note'] as const;

export function createBody(draft: Draft): CreateBody {
  const free = FREE.flatMap((field) => {
    const text = draft[field]?.trim() ?? '';
    return text === '' ? [] : [[field, text] as const];
  });
  return {
    code: draft['code']?.trim() ?? '',
    name: draft['name']?.trim() ?? '',
    kind: (draft['kind'] ?? 'responsible') as UnitKind,
    platform: draft['platform'] ?? '',
    ...Object.fromEntries(free),
  };
}

/** Only what was changed; a cleared field is sent as nothing. */
export function updateBody(changed: Draft, version: number): UpdateBody {
  const facts = Object.entries(changed).map(([field, text]) => [
    field,
    text.trim() === '' ? null : text.trim(),
  ]);
  return { version, ...Object.fromEntries(facts) };
}
