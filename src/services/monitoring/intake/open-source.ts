import { BlockList, isIPv6 } from 'node:net';

import { AppError } from '#base';
import type { IntakeAuth, IntakeKind, IntakeSettings } from '#model/monitoring';
import { rawMember } from '#protocols/push';
import { sql } from 'kysely';

import { isSame, isSigned, onenetSignature } from './check-secret.ts';
import { INTAKE, type IntakeDesk } from './intake-desk.ts';

/** A push as it came. */
export interface Push {
  readonly kind: IntakeKind;
  readonly source: string;
  readonly address: string;
  /** `?token=`, the header `Puan-Token` and the header `Puan-Signature`. */
  readonly token: string | undefined;
  readonly header: string | undefined;
  readonly signature: string | undefined;
  readonly raw: Buffer;
  readonly contentType: string;
}

/** A source that has shown that it is the one. */
export interface OpenSource {
  readonly id: number;
  readonly code: string;
  readonly kind: IntakeKind;
  readonly name: string;
  readonly place: number | null;
  readonly scenario: number | null;
  readonly settings: IntakeSettings;
  readonly simulated: boolean;
  readonly address: string;
  /** How far its platform reaches: it may write no reading beyond that. */
  readonly reach: Reach;
}

interface Reach {
  readonly from: number;
  readonly to: number;
  readonly scenarios: readonly number[];
}

interface Row extends Omit<OpenSource, 'address' | 'reach'> {
  readonly auth: IntakeAuth;
  readonly secret_sealed: string;
  readonly addresses: readonly string[];
  readonly enabled: boolean;
  readonly place_from: number | null;
  readonly place_to: number | null;
  readonly scenarios: readonly number[];
}

export const SECRET_PURPOSE = 'intake-secret';

/**
 * The source that pushes. All that may be wrong is one refusal to whoever is outside (`intake.refused`), and counted by its own
 * reason inside.
 */
export async function openSource(intake: IntakeDesk, push: Push): Promise<OpenSource> {
  const row = await findSource(intake, push);
  const fault = row ? faultOf(row, push, intake) : 'unknown-source';
  if (!row || fault !== undefined) {
    intake.desk.ledger.framesRefused(INTAKE, fault ?? 'unknown-source', row ? row.code : undefined, 1);
    throw new AppError('intake.refused');
  }
  const { id, code, kind, name, place, scenario, settings, simulated } = row;
  // A scenario has no territory: no place lies in its stretch.
  const stretch =
    row.place_from === null ? { from: 1, to: 0 } : { from: row.place_from, to: row.place_to ?? 0 };
  const reach = { ...stretch, scenarios: row.scenarios };
  return { id, code, kind, name, place, scenario, settings, simulated, address: push.address, reach };
}

async function findSource({ system }: IntakeDesk, { kind, source }: Push): Promise<Row | undefined> {
  const { rows } = await system.transaction((tx) =>
    // Offices of scenarios reach by their scenarios, territory by its interval.
    sql<Row>`
      select s.id, s.code, s.kind, s.name, s.place, s.scenario, s.settings, s.simulated, s.auth, s.secret_sealed, s.addresses,
        s.enabled, case when p.kind in ('industry','scenario') then null else p.place end as place_from, p.place_to,
        case when p.kind in ('industry','scenario') then array(
          select c.scenario from platform c where c.scenario is not null and (c.id = p.id or c.parent_id = p.id))
        else '{}'::int2[] end as scenarios
      from intake_source s join platform p on p.id = s.platform_id
      where s.code = ${source} and s.kind = ${kind}`.execute(tx),
  );
  return rows[0];
}

function faultOf(row: Row, push: Push, { system }: IntakeDesk): string | undefined {
  if (!row.enabled) return 'disabled';
  if (!isListed(row.addresses, push.address)) return 'address';
  const secret = system.vault.open(row.secret_sealed, SECRET_PURPOSE);
  return CHECKS[row.auth](push, { secret, now: system.now() }) ? undefined : 'secret';
}

type Check = (push: Push, known: { readonly secret: string; readonly now: number }) => boolean;

const CHECKS: Readonly<Record<IntakeAuth, Check>> = {
  url: ({ token }, { secret }) => isSame(token ?? '', secret),
  header: ({ header }, { secret }) => isSame(header ?? '', secret),
  hmac: ({ signature, raw }, known) => isSigned(signature ?? '', { raw, ...known }),
  onenet: ({ raw }, { secret }) => holdsOnenet(raw, secret),
};

/** Over the characters of `msg` as they were sent; a `msg` that is a text is signed by what the text says. */
function holdsOnenet(raw: Buffer, token: string): boolean {
  const text = raw.toString('utf8');
  const { msg, nonce, msg_signature: signature } = membersOf(text);
  const signed = typeof msg === 'string' ? msg : rawMember(text, 'msg');
  if (signed === undefined || typeof nonce !== 'string' || typeof signature !== 'string') return false;
  return isSame(decodeURIComponentSafely(signature), onenetSignature(token, nonce, signed));
}

function membersOf(text: string): Readonly<Record<string, unknown>> {
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function decodeURIComponentSafely(text: string): string {
  return /%[0-9A-F]{2}/iu.test(text) && !/%(?![0-9A-F]{2})/iu.test(text) ? decodeURIComponent(text) : text;
}

/** No list: from anywhere. */
function isListed(networks: readonly string[], address: string): boolean {
  if (networks.length === 0) return true;
  const list = new BlockList();
  for (const network of networks) {
    const [at = '', bits] = network.split('/');
    const family = isIPv6(at) ? 'ipv6' : 'ipv4';
    if (bits === undefined) list.addAddress(at, family);
    else list.addSubnet(at, Number(bits), family);
  }
  const plain = address.replace(/^::ffff:(?=\d+\.)/u, '');
  return list.check(plain, isIPv6(plain) ? 'ipv6' : 'ipv4');
}
