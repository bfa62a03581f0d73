import type { IdentityMapping } from '#contract/platform';
import type { IdentityRole } from '#model/platform';

import { FORM_TEXT, TEXT } from './text.ts';

/** A line of the table as it is typed. */
export interface MappingForm {
  readonly id: number;
  readonly effect: IdentityMapping['effect'];
  readonly claim: string;
  readonly value: string;
  readonly role: IdentityRole;
  readonly where: 'claim' | 'platform';
  readonly platform: string;
  readonly platformClaim: string;
  readonly priority: string;
  readonly enabled: boolean;
  readonly note: string;
}

const FRESH: MappingForm = {
  id: 0,
  effect: 'grant',
  claim: 'roles',
  value: '',
  role: 'village-handler',
  where: 'claim',
  platform: '',
  platformClaim: 'org_code',
  priority: '100',
  enabled: true,
  note: '',
};

export function startForm(item?: IdentityMapping): MappingForm {
  if (!item) return FRESH;
  return {
    ...item,
    role: item.role ?? FRESH.role,
    where: item.platform === null ? 'claim' : 'platform',
    platform: item.platform ?? FRESH.platform,
    platformClaim: item.platformClaim ?? FRESH.platformClaim,
    priority: String(item.priority),
    note: item.note ?? FRESH.note,
  };
}

/** The line to save, or the sentence that says what is still missing. */
export function itemOf(form: MappingForm): { readonly item: IdentityMapping } | { readonly fault: string } {
  const [claim, value, note] = [form.claim.trim(), form.value.trim(), form.note.trim()];
  if (claim === '' || value === '') return { fault: FORM_TEXT.needClaim };
  if (!/^\d{1,4}$/u.test(form.priority.trim())) return { fault: FORM_TEXT.needPriority };
  const { id, effect, enabled } = form;
  const given = effect === 'grant' ? givenBy(form) : { role: null, platform: null, platformClaim: null };
  if (given === undefined) return { fault: FORM_TEXT.needWhere };
  const priority = Number(form.priority);
  return { item: { id, effect, enabled, claim, value, priority, ...given, note: note === '' ? null : note } };
}

/** Role and place of a line that grants, by platform or by claim; undefined while neither is told. */
function givenBy(
  form: MappingForm,
): Pick<IdentityMapping, 'role' | 'platform' | 'platformClaim'> | undefined {
  const told = (form.where === 'claim' ? form.platformClaim : form.platform).trim();
  if (told === '') return undefined;
  return form.where === 'claim'
    ? { role: form.role, platform: null, platformClaim: told }
    : { role: form.role, platform: told, platformClaim: null };
}

/** The lines most districts begin with: villages and towns by their code, Lingang by name. */
export function usualLines(): readonly IdentityMapping[] {
  const [village, town, lingang] = TEXT.usualNotes;
  const line = { ...startForm(), where: 'claim' } as const;
  const forms: readonly MappingForm[] = [
    { ...line, value: 'village', role: 'village-handler', note: village },
    { ...line, value: 'town', role: 'town-operator', note: town },
    {
      ...line,
      value: 'lingang',
      role: 'business-admin',
      where: 'platform',
      platform: 'lingang',
      note: lingang,
    },
  ];
  return forms.flatMap((form) => {
    const made = itemOf(form);
    return 'item' in made ? [made.item] : [];
  });
}
