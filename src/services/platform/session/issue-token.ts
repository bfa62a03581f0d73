import { AppError } from '#base';
import type { platformRoutes } from '#contract/platform';
import { narrowScope, type Scope, scenarioOf } from '#model/platform';
import { audit, type RequestContext } from '#services/context';
import type { Tx } from '#storage';
import type { z } from 'zod';

import { loadScopeOf } from './rights.ts';
import { tokenDevice } from './token-device.ts';
import { hashToken, newToken } from './token-text.ts';

type Body = z.output<typeof platformRoutes.issueToken.body>;
type Reply = z.output<typeof platformRoutes.issueToken.reply>;

/**
 * Issues a token; its text is in this answer and nowhere else. Throws `input.invalid` when a device token names no device,
 * an end is past, or it is narrowed to where its issuer may do nothing; `record.not-found` for a device or a platform that
 * is unknown or not the issuer's to see.
 */
export async function issueToken(context: RequestContext, { body }: { readonly body: Body }): Promise<Reply> {
  context.authorize('token.issue');
  const { name, kind, expiresAt } = body;
  if (expiresAt !== undefined && expiresAt <= context.now()) throw invalid('expiresAt 须晚于现在');
  const token = newToken();
  return context.transaction(async (tx) => {
    const device = await deviceOf(tx, body);
    const narrow = await narrowOf(tx, body, context.actor.rights.reach);
    const { id } = await tx
      .insertInto('token')
      .values({
        name,
        kind,
        token_hash: hashToken(token),
        account_id: context.actor.accountId,
        device_id: device,
        created_at: new Date(context.now()),
        expires_at: expiresAt === undefined ? null : new Date(expiresAt),
        ...narrow,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    const after = { ...body, expiresAt: expiresAt ?? null };
    await audit(context, tx, { action: 'token.issue', subject: `token/${id}`, after });
    return { id, token };
  });
}

async function deviceOf(tx: Tx, { kind, device }: Body): Promise<number | null> {
  if (kind !== 'device') {
    if (device === undefined) return null;
    throw invalid('只有 kind 为 device 的令牌可以写 device');
  }
  if (device === undefined) throw invalid('设备令牌须写明 device（设备编码）');
  return tokenDevice(tx, { code: device });
}

interface Narrow {
  readonly platform_id: number | null;
  readonly only_scenarios: number[] | null;
}

async function narrowOf(tx: Tx, body: Body, reach: Scope): Promise<Narrow> {
  const { kind, platform, scenarios } = body;
  if (platform === undefined && scenarios === undefined) return { platform_id: null, only_scenarios: null };
  if (kind !== 'gateway') throw invalid('只有 kind 为 gateway 的令牌可以用 platform 或 scenarios 收窄');
  if (platform !== undefined && scenarios !== undefined) throw invalid('platform 与 scenarios 只能写一个');
  if (platform === undefined) return inScenarios(scenarios ?? [], reach);
  const found = await tx.selectFrom('platform').select('id').where('code', '=', platform).executeTakeFirst();
  if (!found) throw new AppError('record.not-found', { what: '平台', id: platform });
  const scope = narrowScope(reach, await loadScopeOf(tx, found.id));
  if (scope.places.length + scope.scenarios.length === 0)
    throw invalid(`platform：${platform} 不在您的管辖范围内`);
  return { platform_id: found.id, only_scenarios: null };
}

function inScenarios(codes: readonly string[], reach: Scope): Narrow {
  const unknown = codes.filter((code) => scenarioOf(code) === undefined);
  if (unknown.length > 0) throw invalid(`scenarios：没有场景 ${unknown.join('、')}`);
  const ids = [...new Set(codes.flatMap((code) => scenarioOf(code)?.id ?? []))];
  if (narrowScope(reach, { places: [], scenarios: ids }).scenarios.length < ids.length)
    throw invalid('scenarios 里有不在您管辖范围内的场景');
  return { platform_id: null, only_scenarios: ids };
}

function invalid(issues: string): AppError {
  return new AppError('input.invalid', { issues });
}
