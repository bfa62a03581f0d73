import { Conversations, type Outcome } from '#gateways/line';
import type { CommandOutcome, DeviceCommand } from '#model/monitoring';
import {
  checkDutyUnit,
  COMMAND,
  encodeMessage,
  type Frame,
  readGatewayStateUnit,
  setClockUnit,
} from '#protocols/gb26875';
import type { Links } from './links.ts';
import type { AskTimes } from './options.ts';

/** 值班人员按下的查岗应答；`undefined`：不等了。 */
interface Pressed {
  readonly operator: number | undefined;
}

/** 装置对一句下行的话怎么说。 */
type Said = Outcome<Frame>;

/** 平台对装置说话（标准 6.2、6.4）：对时、查岗、读状态；同流水号等它确认、否认或应答，不答则重发。 */
export class Commander {
  readonly #links: Links;
  readonly #times: AskTimes;
  readonly #now: () => number;
  readonly #asked = new Conversations<Frame>();
  readonly #duty = new Conversations<Pressed>();
  #serial = 0;

  constructor(links: Links, times: AskTimes, now: () => number) {
    this.#links = links;
    this.#times = times;
    this.#now = now;
  }

  /** 装置的确认、否认、应答；没有人在等的（如重发引来的第二次）不理。 */
  hear(deviceCode: string, frame: Frame): void {
    this.#asked.answer(keyOf(deviceCode, frame.serial), frame);
  }

  /** 值班人员按了查岗应答。 */
  pressed(deviceCode: string, operator: number): void {
    this.#duty.answer(deviceCode, { operator });
  }

  close(): void {
    this.#asked.close();
    this.#duty.close();
  }

  async command(deviceCode: string, command: DeviceCommand): Promise<CommandOutcome> {
    switch (command.kind) {
      case 'set-clock':
        return this.#setClock(deviceCode);
      case 'duty-check':
        return this.#checkDuty(deviceCode, command.minutes);
      case 'query-now':
        return this.#queryNow(deviceCode);
      case 'query-picture':
      case 'query-text':
      case 'back-fill':
      case 'set-interval':
      case 'rpc':
      case 'rebirth':
      case 'write-metric':
        return { kind: 'unsupported' };
    }
    return command satisfies never;
  }

  async #setClock(deviceCode: string): Promise<CommandOutcome> {
    const said = await this.#ask(deviceCode, COMMAND.control, setClockUnit(this.#now()));
    return outcomeOf(said, '装置已确认对时。');
  }

  async #queryNow(deviceCode: string): Promise<CommandOutcome> {
    const said = await this.#ask(deviceCode, COMMAND.request, readGatewayStateUnit());
    return outcomeOf(said, '装置已报上运行状态，读数随之入库。');
  }

  async #checkDuty(deviceCode: string, minutes: number): Promise<CommandOutcome> {
    const limit = Math.min(255, Math.max(1, Math.round(minutes)));
    const { answerWithinMs, resends, minuteMs } = this.#times;
    // 应答可能赶在确认之前到，所以先等着；确认本身也要留时间。没有确认就不再等人。
    const patience = limit * minuteMs + answerWithinMs * (resends + 1);
    const pressing = this.#duty.ask(deviceCode, patience, () => true);
    const taken = await this.#ask(deviceCode, COMMAND.control, checkDutyUnit(limit));
    const isTaken = taken.kind === 'answered' && taken.answer.command !== COMMAND.deny;
    if (!isTaken) this.#duty.answer(deviceCode, { operator: undefined });
    const answered = dutyOf(await pressing);
    return answered ?? (isTaken ? { kind: 'timeout' } : outcomeOf(taken, ''));
  }

  /** 发一句，等同流水号的回话；不答再发，次数用完为止（标准 6.5）。 */
  async #ask(deviceCode: string, command: number, unit: Uint8Array): Promise<Said> {
    this.#serial = (this.#serial + 1) & 0xffff;
    const serial = this.#serial;
    const send = (): boolean => this.#send(deviceCode, { serial, command, unit });
    let said: Said = { kind: 'timeout' };
    for (let sent = 0; sent <= this.#times.resends && said.kind === 'timeout'; sent += 1) {
      said = await this.#asked.ask(keyOf(deviceCode, serial), this.#times.answerWithinMs, send);
    }
    return said;
  }

  #send(deviceCode: string, message: { serial: number; command: number; unit: Uint8Array }): boolean {
    const link = this.#links.of(deviceCode);
    if (link === undefined) return false;
    const { serial, command, unit } = message;
    const said = { serial, source: link.centre, target: deviceCode, at: this.#now() };
    return link.peer.send(encodeMessage(said, command, unit));
  }
}

const keyOf = (deviceCode: string, serial: number): string => `${deviceCode}/${serial}`;

function outcomeOf(said: Said, done: string): CommandOutcome {
  if (said.kind !== 'answered') return said;
  if (said.answer.command === COMMAND.deny) return { kind: 'refused', text: '装置否认了这条命令。' };
  return { kind: 'done', text: done };
}

function dutyOf(pressed: Outcome<Pressed>): CommandOutcome | undefined {
  const operator = pressed.kind === 'answered' ? pressed.answer.operator : undefined;
  return operator === undefined
    ? undefined
    : { kind: 'done', text: `值班人员已应答查岗（操作员编号 ${operator}）。` };
}
