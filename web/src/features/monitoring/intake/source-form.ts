import type { intakeRoutes, IntakeSource } from '#contract/monitoring';
import { COLLAPSE_SECONDS, type IntakeAuth, type IntakeKind, type IntakeSettings } from '#model/monitoring';
import type { z } from 'zod';

import { SOURCE_TEXT } from './text.ts';

/** A source as it is typed. */
export interface SourceForm {
  readonly code: string;
  readonly kind: IntakeKind;
  readonly name: string;
  readonly platform: string | undefined;
  readonly auth: IntakeAuth;
  readonly secret: string;
  readonly addresses: string;
  readonly mapping: string;
  readonly layout: string;
  readonly collapse: string;
  readonly simulated: boolean;
  readonly enabled: boolean;
}

const EMPTY: SourceForm = {
  code: '',
  kind: 'ctwing',
  name: '',
  platform: undefined,
  auth: 'url',
  secret: '',
  addresses: '',
  mapping: '',
  layout: '',
  collapse: String(COLLAPSE_SECONDS),
  simulated: false,
  enabled: true,
};

/** A fresh form, or one of a source there is. Its secret is never shown again. */
export function startForm(source?: IntakeSource): SourceForm {
  if (!source) return EMPTY;
  const { code, kind, name, platform, auth, addresses, simulated, enabled } = source;
  const { mapping, layout, collapseSeconds = COLLAPSE_SECONDS } = source.settings;
  return {
    code,
    kind,
    name,
    platform,
    auth,
    simulated,
    enabled,
    secret: '',
    addresses: addresses.join('\n'),
    mapping: mapping === undefined ? '' : JSON.stringify(mapping, null, 2),
    layout: layout === undefined ? '' : JSON.stringify(layout),
    collapse: String(collapseSeconds),
  };
}

type CreateBody = z.input<typeof intakeRoutes.createIntakeSource.body>;

/** The body to send, or the sentence that says what is wrong. The server checks the ways themselves. */
export function bodyOf(form: SourceForm): { readonly body: CreateBody } | { readonly fault: string } {
  const { code, name, platform, kind, auth, secret, simulated } = form;
  if (code.trim() === '' || name.trim() === '' || platform === undefined)
    return { fault: SOURCE_TEXT.needFields };
  const settings = settingsOf(form);
  if (settings === undefined) return { fault: SOURCE_TEXT.badJson };
  return {
    body: {
      code: code.trim(),
      kind,
      name: name.trim(),
      platform,
      auth,
      addresses: linesOf(form.addresses),
      settings,
      simulated,
      ...(secret === '' ? {} : { secret }),
    },
  };
}

function linesOf(text: string): string[] {
  return text.split(/[\s,，;；]+/u).filter((line) => line !== '');
}

/** Undefined where something is no JSON. */
function settingsOf({ kind, mapping, layout, collapse }: SourceForm): IntakeSettings | undefined {
  try {
    const seconds = Number(collapse);
    return {
      ...(kind === 'video' && mapping.trim() !== ''
        ? { mapping: JSON.parse(mapping) as IntakeSettings['mapping'] }
        : {}),
      ...(kind === 'ctwing' && layout.trim() !== ''
        ? { layout: JSON.parse(layout) as IntakeSettings['layout'] }
        : {}),
      ...(kind === 'video' && Number.isInteger(seconds) && seconds > 0 ? { collapseSeconds: seconds } : {}),
    };
  } catch {
    return undefined;
  }
}
