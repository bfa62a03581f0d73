import type { GatewayLimits, GatewayState } from '#contract/monitoring';
import type { CommandOutcome, DeviceCommand, GatewaySession } from '#model/monitoring';

/** What a row of the table asks of a gateway. */
export interface GatewaySetting {
  readonly id: number;
  readonly protocol: string;
  /** null: the port of the settings. */
  readonly port: number | null;
  readonly enabled: boolean;
  readonly limits: GatewayLimits;
}

/** The gateways at work, as the server has them. */
export interface GatewayControl {
  /** Brings a gateway to what its row says; its state tells what it came to. Never rejects. */
  apply(setting: GatewaySetting): Promise<void>;
  /** Shuts a gateway for good. */
  remove(id: number): Promise<void>;
  stateOf(id: number): GatewayState;
  sessionsOf(id: number): readonly GatewaySession[];
  cut(id: number, session: number): boolean;
  /** Asks something of a device over whichever gateway of its protocol has it on the line. */
  command(protocol: string, deviceCode: string, command: DeviceCommand): Promise<CommandOutcome>;
}
