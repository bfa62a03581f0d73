import type { monitoringRoutes } from '#contract/monitoring';
import type { z } from 'zod';

type Modbus = NonNullable<z.input<typeof monitoringRoutes.changeDevice.body>['settings']>['modbus'];

/** Where a Modbus device is asked, as it is typed; times in seconds. */
export interface ModbusDraft {
  readonly host: string;
  readonly port: string;
  readonly unit: string;
  readonly period: string;
  readonly timeout: string;
}

export function modbusDraft(modbus: Modbus): ModbusDraft {
  const { host = '', port = 502, unit = 1, periodMs = 10_000, timeoutMs = 3000 } = modbus ?? {};
  return {
    host,
    port: String(port),
    unit: String(unit),
    period: String(periodMs / 1000),
    timeout: String(timeoutMs / 1000),
  };
}

const FAULTS = {
  port: '端口要写 1 到 65535 的整数。',
  unit: '站号要写 0 到 247 的整数；设备自己就说 Modbus TCP、不看站号的，可写 255。',
  period: '周期要写 1 到 86400 秒。',
  timeout: '时限要写 0.1 到 60 秒。',
} as const;

/** What is to be kept of it: nothing without a host; or the sentence that says what is wrong. */
export function modbusBody(draft: ModbusDraft): { readonly modbus: Modbus } | { readonly fault: string } {
  const host = draft.host.trim();
  if (host === '') return { modbus: undefined };
  const port = whole(draft.port);
  const unit = whole(draft.unit);
  const periodMs = msOf(draft.period);
  const timeoutMs = msOf(draft.timeout);
  if (!(port >= 1 && port <= 65_535)) return { fault: FAULTS.port };
  if (!((unit >= 0 && unit <= 247) || unit === 255)) return { fault: FAULTS.unit };
  if (!(periodMs >= 1000 && periodMs <= 86_400_000)) return { fault: FAULTS.period };
  if (!(timeoutMs >= 100 && timeoutMs <= 60_000)) return { fault: FAULTS.timeout };
  return { modbus: { host, port, unit, periodMs, timeoutMs } };
}

const whole = (text: string): number => (/^\d{1,5}$/u.test(text.trim()) ? Number(text) : Number.NaN);
const msOf = (text: string): number =>
  /^\d{1,5}(\.\d{1,3})?$/u.test(text.trim()) ? Math.round(Number(text) * 1000) : Number.NaN;
