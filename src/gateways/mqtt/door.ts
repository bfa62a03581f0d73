import type { Socket } from 'node:net';

import type { LineLimits } from '#gateways/line';
import type { GatewaySession } from '#model/monitoring';

import { type MqttCredential, type MqttGatewayOptions, PROTOCOL } from './options.ts';
import { Session } from './session.ts';
import type { MqttRefusal } from './text.ts';
import { within } from './within.ts';

/** Between two looks at whether tokens are still in force; what ends in this process is told at once. */
const SWEEP_MS = 60_000;

/** Who is connected: counts heads, knows each by its socket, and shows out whose token has ended. */
export class Door {
  readonly #options: MqttGatewayOptions;
  readonly #limits: LineLimits;
  readonly #sessions = new Map<Socket, Session>();
  readonly #perAddress = new Map<string, number>();
  readonly #sweeper: NodeJS.Timeout;
  readonly #stopListening: () => void;
  readonly #number: () => number;

  /** `number` numbers the sessions. */
  constructor(options: MqttGatewayOptions, limits: LineLimits, number: () => number) {
    this.#number = number;
    this.#options = options;
    this.#limits = limits;
    this.#sweeper = setInterval(() => void this.#sweep(), SWEEP_MS);
    this.#sweeper.unref();
    this.#stopListening = options.credentials.onEnd((isOver) => this.#recheck(isOver));
  }

  /** False: full, and the socket is shut. */
  admit(socket: Socket): boolean {
    const address = socket.remoteAddress ?? '';
    const same = this.#perAddress.get(address) ?? 0;
    const { connections, connectionsPerAddress, idleMs } = this.#limits;
    if (this.#sessions.size >= connections || same >= connectionsPerAddress) {
      this.#options.log(`${PROTOCOL}.connection-refused`, {
        address,
        connections: this.#sessions.size,
        same,
      });
      this.#refuse('too-many-connections');
      socket.destroy();
      return false;
    }
    const session = new Session(this.#number(), socket);
    this.#sessions.set(socket, session);
    this.#perAddress.set(address, same + 1);
    socket.setNoDelay(true);
    socket.setTimeout(idleMs, () => this.#cut(session, 'connection-idle'));
    socket.on('readable', () => {
      if (session.unfinishedBytes > this.#limits.noiseBytes) this.#cut(session, 'connection-noise');
    });
    socket.once('close', () => this.#forget(socket, address));
    return true;
  }

  of(socket: unknown): Session | undefined {
    return this.#sessions.get(socket as Socket);
  }

  sessions(): readonly GatewaySession[] {
    return [...this.#sessions.values()].map(({ view }) => view);
  }

  cut(id: number): boolean {
    const session = [...this.#sessions.values()].find((one) => one.id === id);
    session?.cut();
    return session !== undefined;
  }

  /** Ends every session once its answers have gone out, at the latest after `withinMs`. */
  async close(withinMs: number): Promise<void> {
    clearInterval(this.#sweeper);
    this.#stopListening();
    const sessions = [...this.#sessions.values()];
    await within(Promise.all(sessions.map((session) => session.end())), withinMs);
    for (const session of sessions) session.cut();
  }

  #recheck(isOver: (credential: MqttCredential) => boolean): void {
    for (const session of this.#sessions.values()) {
      if (session.pass && isOver(session.pass.credential)) this.#showOut(session);
    }
  }

  /** One after the other: it is no hurry, and all at once would be a rush on the tables. */
  async #sweep(): Promise<void> {
    for (const session of this.#sessions.values()) {
      const { pass, address } = session;
      if (pass === undefined) continue;
      try {
        if ((await this.#options.credentials.find(pass.secret, address)) === undefined)
          this.#showOut(session);
      } catch (error) {
        // The tables do not answer: nobody is shown out for that.
        this.#options.log(`${PROTOCOL}.sweep-failed`, { error });
        return;
      }
    }
  }

  #showOut(session: Session): void {
    this.#cut(session, 'credential-ended');
  }

  #cut(session: Session, reason: MqttRefusal): void {
    this.#options.log(`${PROTOCOL}.connection-cut`, { address: session.address, reason });
    this.#refuse(reason, session.pass?.credential.deviceCode);
    session.cut();
  }

  #refuse(reason: MqttRefusal, deviceCode?: string): void {
    this.#options.counters.framesRefused(PROTOCOL, reason, deviceCode, 1);
  }

  #forget(socket: Socket, address: string): void {
    this.#sessions.delete(socket);
    const left = (this.#perAddress.get(address) ?? 1) - 1;
    if (left > 0) this.#perAddress.set(address, left);
    else this.#perAddress.delete(address);
  }
}
