import type { Socket } from 'node:net';

import type { LineLimits } from '#gateways/line';
import type { GatewaySession } from '#model/monitoring';

import { Lane, type LaneEvents } from './lane.ts';
import { type MqttCredential, type MqttGatewayOptions, PROTOCOL } from './options.ts';
import type { Session } from './session.ts';
import type { MqttRefusal } from './text.ts';
import { within } from './within.ts';

/** Between two looks at whether tokens are still in force; what ends in this process is told at once. */
const SWEEP_MS = 60_000;
/** Between two looks at who has fallen silent. */
const LOOK_MS = 1000;

interface DoorParts {
  readonly options: MqttGatewayOptions;
  readonly limits: LineLimits;
  /** Numbers the sessions. */
  readonly number: () => number;
  readonly take: LaneEvents['take'];
}

/** Who is connected: counts heads, ends who is silent, and shows out whose token has ended. */
export class Door {
  readonly #options: MqttGatewayOptions;
  readonly #limits: LineLimits;
  readonly #number: () => number;
  readonly #events: LaneEvents;
  readonly #lanes = new Set<Lane>();
  readonly #perAddress = new Map<string, number>();
  readonly #timers: readonly NodeJS.Timeout[];
  readonly #stopListening: () => void;

  constructor({ options, limits, number, take }: DoorParts) {
    this.#number = number;
    this.#options = options;
    this.#limits = limits;
    const noise = ({ session }: Lane): void => this.#cut(session, 'connection-noise');
    this.#events = { take, noise, noiseBytes: limits.noiseBytes };
    this.#timers = [
      setInterval(() => void this.#sweep(), SWEEP_MS).unref(),
      setInterval(() => this.#endSilent(Date.now()), LOOK_MS).unref(),
    ];
    this.#stopListening = options.credentials.onEnd((isOver) => this.#recheck(isOver));
  }

  /** The lane of a connection that is let in; undefined: full, and the socket is shut. */
  admit(socket: Socket): Lane | undefined {
    const address = socket.remoteAddress ?? '';
    const same = this.#perAddress.get(address) ?? 0;
    const { connections, connectionsPerAddress } = this.#limits;
    if (this.#lanes.size >= connections || same >= connectionsPerAddress) {
      this.#options.log(`${PROTOCOL}.connection-refused`, {
        address,
        connections: this.#lanes.size,
        same,
      });
      this.#refuse('too-many-connections');
      socket.destroy();
      return undefined;
    }
    const lane = new Lane(this.#number(), socket, this.#events);
    this.#lanes.add(lane);
    this.#perAddress.set(address, same + 1);
    socket.once('close', () => this.#forget(lane, address));
    return lane;
  }

  /** The newest connection of whoever signed in as this device: one that came back leaves its old one behind for a while. */
  laneOf(deviceCode: string): Lane | undefined {
    return [...this.#lanes].findLast(
      ({ session, destroyed }) => !destroyed && session.pass?.credential.deviceCode === deviceCode,
    );
  }

  sessions(): readonly GatewaySession[] {
    return [...this.#lanes].map(({ session }) => session.view);
  }

  cut(id: number): boolean {
    const lane = [...this.#lanes].find(({ session }) => session.id === id);
    lane?.session.cut();
    return lane !== undefined;
  }

  /** Ends every session once its answers have gone out, at the latest after `withinMs`. */
  async close(withinMs: number): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    this.#stopListening();
    const sessions = [...this.#lanes].map(({ session }) => session);
    await within(Promise.all(sessions.map((session) => session.end())), withinMs);
    for (const session of sessions) session.cut();
  }

  #recheck(isOver: (credential: MqttCredential) => boolean): void {
    for (const { session } of this.#lanes) {
      if (session.pass && isOver(session.pass.credential)) this.#showOut(session);
    }
  }

  /** One after the other: it is no hurry, and all at once would be a rush on the tables. */
  async #sweep(): Promise<void> {
    for (const { session } of this.#lanes) {
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

  /** Who breaks its own promise is gone (its will is read); whoever promises nothing is ended after the limit. */
  #endSilent(now: number): void {
    for (const { session, isHeldUp } of this.#lanes) {
      if (isHeldUp) continue;
      const { ms, isBroken } = session.silence(now);
      if (isBroken || ms > this.#limits.idleMs) this.#cut(session, 'connection-idle');
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

  #forget(lane: Lane, address: string): void {
    this.#lanes.delete(lane);
    const left = (this.#perAddress.get(address) ?? 1) - 1;
    if (left > 0) this.#perAddress.set(address, left);
    else this.#perAddress.delete(address);
  }
}
