import type { GatewayState } from '#contract/monitoring';
import type { LineOptions } from '#gateways/line';
import type { CommandOutcome, DeviceCommand, Gateway, GatewaySession } from '#model/monitoring';
import type { GatewayControl, GatewaySetting, MonitoringDesk } from '#services/monitoring';

import type { Config } from './config.ts';
import { every } from './every.ts';
import { GATEWAY_STARTERS, type GatewayNeeds, type GatewayProtocol } from './gateway-starters.ts';
import type { Log } from './log.ts';

const AGAIN_MS = 15_000;

interface AtWork {
  readonly setting: GatewaySetting;
  readonly gateway: Gateway | undefined;
  /** Why it does not listen though it should. */
  readonly reason: string | undefined;
}

interface GatewayParts {
  readonly config: Config;
  readonly log: Log;
  readonly desk: MonitoringDesk;
  readonly credentials: GatewayNeeds['credentials'];
  readonly notes: GatewayNeeds['notes'];
  readonly readTls: () => { readonly cert: Buffer; readonly key: Buffer };
}

/** Opens and shuts the doors for data as the table says; what could not listen is tried again by itself. */
export class Gateways implements GatewayControl {
  readonly #parts: GatewayParts;
  readonly #atWork = new Map<number, AtWork>();
  #stopRetrying: (() => Promise<void>) | undefined;
  /** One change after the other: a port must be free before it is taken again. */
  #turn: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(parts: GatewayParts) {
    this.#parts = parts;
  }

  /** Starts them all. Rejects where one whose port the settings give cannot listen: that is a fault of the settings. */
  async start(settings: readonly GatewaySetting[]): Promise<void> {
    for (const setting of settings) {
      const gateway = setting.port === null && setting.enabled ? await this.#listen(setting) : undefined;
      this.#atWork.set(setting.id, { setting, gateway, reason: undefined });
      if (setting.port !== null) await this.apply(setting);
    }
    this.#stopRetrying = every(
      AGAIN_MS,
      () => this.#retry(),
      (error) => this.#parts.log.warn('网关重试这一轮没有完成，稍后再试', error),
    );
  }

  apply(setting: GatewaySetting): Promise<void> {
    return this.#inTurn(async () => {
      await this.#atWork.get(setting.id)?.gateway?.close();
      if (!setting.enabled || this.#stopped) {
        this.#atWork.set(setting.id, { setting, gateway: undefined, reason: undefined });
        return;
      }
      try {
        this.#atWork.set(setting.id, { setting, gateway: await this.#listen(setting), reason: undefined });
      } catch (error) {
        this.#parts.log.warn(`网关 ${setting.protocol} 没有监听成`, error);
        this.#atWork.set(setting.id, { setting, gateway: undefined, reason: reasonOf(error) });
      }
    });
  }

  remove(id: number): Promise<void> {
    return this.#inTurn(async () => {
      await this.#atWork.get(id)?.gateway?.close();
      this.#atWork.delete(id);
    });
  }

  stateOf(id: number): GatewayState {
    const { gateway, reason } = this.#atWork.get(id) ?? {};
    if (gateway) return { kind: 'listening', port: gateway.port, sessions: gateway.sessions().length };
    return reason === undefined ? { kind: 'off' } : { kind: 'failed', reason };
  }

  /** Those that should listen and do not, with the reason. */
  failures(): readonly { readonly protocol: string; readonly reason: string }[] {
    return [...this.#atWork.values()].flatMap(({ setting: { protocol }, reason }) =>
      reason === undefined ? [] : [{ protocol, reason }],
    );
  }

  sessionsOf(id: number): readonly GatewaySession[] {
    return this.#atWork.get(id)?.gateway?.sessions() ?? [];
  }

  /** Connections that are open now, by protocol. */
  openSessions(): ReadonlyMap<string, number> {
    const open = new Map<string, number>();
    for (const { setting, gateway } of this.#atWork.values())
      open.set(setting.protocol, (open.get(setting.protocol) ?? 0) + (gateway?.sessions().length ?? 0));
    return open;
  }

  cut(id: number, session: number): boolean {
    return this.#atWork.get(id)?.gateway?.cut(session) ?? false;
  }

  async command(protocol: string, deviceCode: string, command: DeviceCommand): Promise<CommandOutcome> {
    let heard: CommandOutcome = { kind: 'unsupported' };
    for (const { setting, gateway } of this.#atWork.values()) {
      if (setting.protocol !== protocol || gateway?.command === undefined) continue;
      heard = await gateway.command(deviceCode, command);
      if (heard.kind !== 'not-connected') return heard;
    }
    return heard;
  }

  /** The port the gateway of the settings listens on, once it does. */
  portOf(protocol: GatewayProtocol): number | undefined {
    for (const { setting, gateway } of this.#atWork.values())
      if (setting.protocol === protocol && setting.port === null) return gateway?.port;
    return undefined;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#stopRetrying?.();
    await this.#inTurn(async () => {
      await Promise.all([...this.#atWork.values()].map(async ({ gateway }) => gateway?.close()));
    });
  }

  async #retry(): Promise<void> {
    const failed = [...this.#atWork.values()].filter(({ reason }) => reason !== undefined);
    for (const { setting } of failed) await this.apply(setting);
  }

  #listen(setting: GatewaySetting): Promise<Gateway> {
    const { config, log, desk, credentials, notes } = this.#parts;
    const protocol = setting.protocol as GatewayProtocol;
    // One that polls has no port.
    const ports: Readonly<Partial<Record<GatewayProtocol, number>>> = config.gatewayPorts;
    const start: ((needs: GatewayNeeds) => Promise<Gateway>) | undefined = GATEWAY_STARTERS[protocol];
    if (start === undefined) return Promise.reject(new Error(`没有 ${setting.protocol} 网关的程序`));
    return start({
      host: config.bind,
      port: setting.port ?? ports[protocol] ?? 0,
      sink: desk.ingest,
      directory: desk.devices,
      counters: desk.ledger,
      log: (event, details) => log.info(`${event} ${JSON.stringify(details)}`),
      limits: given(setting.limits),
      credentials,
      notes,
      tls: setting.port === null ? this.#tls() : undefined,
      outside: setting.port === null ? config.mqttBroker : undefined,
    });
  }

  /** Beside the port of the settings; a platform's own gateway has the one port it was given. */
  #tls(): GatewayNeeds['tls'] {
    const { config, readTls } = this.#parts;
    return config.tls && { port: config.mqttTlsPort, ...readTls() };
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    this.#turn = this.#turn.then(work, work);
    return this.#turn;
  }
}

function reasonOf(error: unknown): string {
  const { code, port } = error as NodeJS.ErrnoException & { readonly port?: number };
  if (code === 'EADDRINUSE') return `端口 ${port ?? ''} 被本机别的程序占用，会自动再试`;
  if (code === 'EACCES') return `没有权限监听端口 ${port ?? ''}：1024 以下的端口须由系统放行`;
  return error instanceof Error ? error.message : String(error);
}

/** Only what was given: the rest keeps its default. */
function given(limits: GatewaySetting['limits']): NonNullable<LineOptions['limits']> {
  return Object.fromEntries(Object.entries(limits).filter(([, value]) => value !== undefined));
}
