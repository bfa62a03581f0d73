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

export function startForm(item?: IdentityMapping): MappingForm {
  return {
    id: item?.id ?? 0,
    effect: item?.effect ?? 'grant',
    claim: item?.claim ?? 'roles',
    value: item?.value ?? '',
    role: item?.role ?? 'village-handler',
    where: item?.platform ? 'platform' : 'claim',
    platform: item?.platform ?? '',
    platformClaim: item?.platformClaim ?? 'org_code',
    priority: String(item?.priority ?? 100),
    enabled: item?.enabled ?? true,
    note: item?.note ?? '',
  };
}

/** The line to save, or the sentence that says what is still missing. */
export function itemOf(form: MappingForm): { readonly item: IdentityMapping } | { readonly fault: string } {
  const [claim, value, platform, platformClaim] = [
    form.claim,
    form.value,
    form.platform,
    form.platformClaim,
  ].map((text) => text.trim()) as [string, string, string, string];
  if (claim === '' || value === '') return { fault: FORM_TEXT.needClaim };
  if (!/^\d{1,4}$/u.test(form.priority.trim())) return { fault: FORM_TEXT.needPriority };
  const grants = form.effect === 'grant';
  const byClaim = form.where === 'claim';
  if (grants && (byClaim ? platformClaim : platform) === '') return { fault: FORM_TEXT.needWhere };
  return {
    item: {
      id: form.id,
      effect: form.effect,
      enabled: form.enabled,
      claim,
      value,
      priority: Number(form.priority),
      role: grants ? form.role : null,
      platform: grants && !byClaim ? platform : null,
      platformClaim: grants && byClaim ? platformClaim : null,
      note: form.note.trim() === '' ? null : form.note.trim(),
    },
  };
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
