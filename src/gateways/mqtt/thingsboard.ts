import type { KnownDevice } from '#model/monitoring';
import {
  readAttributes,
  readGatewayAttributes,
  readGatewayDevice,
  readGatewayTelemetry,
  readTelemetry,
  type TelemetryOutcome,
  type ThingsBoardMessage,
} from '#protocols/thingsboard';

import { addRow } from './add-row.ts';
import type { Intake } from './intake.ts';
import type { Message } from './message.ts';
import { type MqttContext, PROTOCOL } from './options.ts';

/** ThingsBoard's device and gateway APIs: what a message says becomes readings, or is refused under a named reason. */
export class ThingsBoardReader {
  readonly #context: MqttContext;
  readonly #intake: Intake;

  constructor(context: MqttContext, intake: Intake) {
    this.#context = context;
    this.#intake = intake;
  }

  read(kind: ThingsBoardMessage, message: Message): void {
    const { device, payload, speaker } = message;
    const { text } = payload;
    switch (kind) {
      case 'telemetry':
        return this.#take(message, device, readTelemetry(text), false);
      case 'attributes':
        return this.#take(message, device, readAttributes(text), true);
      case 'gateway-telemetry':
        return this.#takeAll(message, readGatewayTelemetry(text), false);
      case 'gateway-attributes':
        return this.#takeAll(message, readGatewayAttributes(text), true);
      case 'gateway-connect': {
        const child = this.#childNamed(message, readGatewayDevice(text));
        return child && speaker.heard(child.code);
      }
      case 'gateway-disconnect': {
        const child = this.#childNamed(message, readGatewayDevice(text));
        return child && speaker.gone(child.code);
      }
      case 'answer':
        return this.#intake.accepted(device);
    }
  }

  #take(message: Message, device: KnownDevice, outcome: TelemetryOutcome, facts: boolean): void {
    if (typeof outcome === 'string') return this.#intake.refused(outcome, device.code);
    for (const row of outcome) {
      const at = row.at ?? message.stamp();
      addRow({ context: this.#context, intake: this.#intake, device }, row, { at, facts });
    }
    message.speaker.heard(device.code);
    this.#intake.accepted(device);
  }

  #takeAll(message: Message, outcomes: ReturnType<typeof readGatewayTelemetry>, facts: boolean): void {
    if (typeof outcomes === 'string') return this.#intake.refused(outcomes, message.device.code);
    message.speaker.heard(message.device.code);
    this.#intake.accepted(message.device);
    for (const [name, outcome] of outcomes) {
      const child = this.#child(message, name);
      if (child !== undefined) this.#take(message, child, outcome, facts);
    }
  }

  #childNamed(message: Message, name: string | undefined): KnownDevice | undefined {
    if (name === undefined) {
      this.#intake.refused('bad-shape', message.device.code);
      return undefined;
    }
    const child = this.#child(message, name);
    if (child !== undefined) this.#intake.accepted(message.device);
    return child;
  }

  /** A gateway speaks for itself and for those whose file says that they come by it. */
  #child({ device, speaker, payload }: Message, name: string): KnownDevice | undefined {
    if (name === device.code) return device;
    const child = this.#context.directory.find(PROTOCOL, name);
    if (child === undefined) {
      const { address } = speaker;
      this.#context.directory.quarantine({
        protocol: PROTOCOL,
        code: name,
        address,
        sample: payload.sample,
      });
      this.#intake.refused('unknown-device', device.code);
      return undefined;
    }
    if (child.settings.via === device.code) return child;
    this.#intake.refused('not-its-gateway', child.code);
    return undefined;
  }
}
