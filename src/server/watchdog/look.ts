import { readFileSync } from 'node:fs';

import type { Finding } from './judge.ts';
import type { WatchdogSettings } from './settings.ts';

/** What `POST /watchz` answers. Times are epoch ms. */
interface Told {
  readonly ready: boolean;
  readonly eventLagSeconds: number | null;
  /** When a chain was tested last; null when none ever was. */
  readonly newestChainTestAt: number | null;
  readonly now: number;
}

/** Asks Puan how it is, and reports by the same way. Gives what is wrong, the most telling first. */
export async function look(settings: WatchdogSettings): Promise<Finding> {
  const alive = await ask(settings, '/healthz', {});
  if (typeof alive === 'string') return `没有应答（${alive}）`;
  const token = tokenOf(settings);
  if (token === undefined) return `读不到口令 ${settings.tokenFile ?? ''}，看门狗自己没有设好`;
  const reply = await ask(settings, '/watchz', {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ name: settings.name, everySeconds: settings.everySeconds }),
  });
  if (typeof reply === 'string') return `活着，但问不到状态（${reply}）`;
  if (reply.status === 401) return '看门狗的口令不对';
  if (!reply.ok) return `活着，但状态应答 ${reply.status}`;
  return wrongOf((await reply.json()) as Told, settings);
}

function wrongOf(
  { ready, eventLagSeconds, newestChainTestAt, now }: Told,
  { lagSeconds, chainHours }: WatchdogSettings,
): Finding {
  if (!ready) return '没有就绪：数据库不应答，或读数写不进去';
  if (eventLagSeconds !== null && eventLagSeconds > lagSeconds)
    return `事件已 ${Math.round(eventLagSeconds)} 秒没有发布，预警和工单出不来`;
  if (newestChainTestAt !== null && now - newestChainTestAt > chainHours * 3_600_000)
    return `已 ${Math.round((now - newestChainTestAt) / 3_600_000)} 小时没有做过链路自检`;
  return undefined;
}

/** The answer, or why there is none. */
async function ask(settings: WatchdogSettings, path: string, init: RequestInit): Promise<Response | string> {
  try {
    const signal = AbortSignal.timeout(settings.patienceSeconds * 1000);
    const reply = await fetch(new URL(path, settings.url), { ...init, signal, redirect: 'manual' });
    // The whole answer counts, not its head: a process that hangs in the middle is silent.
    const body = await reply.text();
    return new Response(body, { status: reply.status });
  } catch (error) {
    if (!(error instanceof Error)) return String(error);
    if (error.name === 'TimeoutError') return `${settings.patienceSeconds} 秒内没有应答`;
    return error.cause instanceof Error ? error.cause.message : error.message;
  }
}

/** Read anew each time: Puan may have made it since. */
function tokenOf({ token, tokenFile }: WatchdogSettings): string | undefined {
  if (token !== undefined) return token;
  try {
    return readFileSync(tokenFile ?? '', 'utf8').trim();
  } catch {
    return undefined;
  }
}
