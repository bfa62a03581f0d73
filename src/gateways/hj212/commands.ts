import { Conversations, type LineGateway } from '#gateways/line';
import type { CommandOutcome, DeviceCommand, DeviceDirectory } from '#model/monitoring';
import {
  type DeviceStyle,
  encodeRequest,
  EXE_RETURNS,
  formatBeijingTime,
  hostRequest,
  QN_RETURNS,
  returnCode,
} from '#protocols/hj212';

import { PROTOCOL } from './options.ts';
import type { KnownPacket } from './read-frames.ts';

/** HJ 212-2017 §6.5：10 秒内应答请求；执行可以慢一些。 */
const ANSWER_MS = 10_000;
const RESULT_MS = 30_000;
const DONE = 1;

/** 平台向数采仪下发请求，按 QN 认领它的 9011 与 9012（HJ 212-2017 §6.5.2）。 */
export class HostCommands {
  /** 每台设备最近一包的写法；下发时照着写。 */
  readonly #styles = new Map<string, DeviceStyle>();
  readonly #conversations = new Conversations<number>();
  readonly #directory: DeviceDirectory;
  #lastQn = 0;

  constructor(directory: DeviceDirectory) {
    this.#directory = directory;
  }

  /** 记下谁怎么写；是应答的，交给等它的人。 */
  hear({ device, segment }: KnownPacket): void {
    if (segment.cn === '9011' || segment.cn === '9012') {
      this.#conversations.answer(keyOf(device.code, segment.qn, segment.cn), returnCode(segment) ?? UNKNOWN);
      return;
    }
    this.#styles.set(device.code, segment);
  }

  async ask(
    line: Pick<LineGateway, 'tell'>,
    deviceCode: string,
    command: DeviceCommand,
  ): Promise<CommandOutcome> {
    const request = hostRequest(command, Date.now());
    if (request === undefined) return { kind: 'unsupported' };
    const style = this.#styles.get(deviceCode);
    if (style === undefined) return { kind: 'not-connected' };
    // QN 给这次往来命名：至少差一毫秒。
    this.#lastQn = Math.max(Date.now(), this.#lastQn + 1);
    const qn = formatBeijingTime(this.#lastQn);
    const crc = this.#directory.find(PROTOCOL, deviceCode)?.settings.crc ?? 'hj212';
    const frame = encodeRequest(request, style, qn, { crc });
    const resultKey = keyOf(deviceCode, qn, '9012');
    const result = this.#conversations.ask(resultKey, RESULT_MS, () => true);
    const ready = await this.#conversations.ask(keyOf(deviceCode, qn, '9011'), ANSWER_MS, () =>
      line.tell(deviceCode, frame),
    );
    if (ready.kind !== 'answered' || ready.answer !== DONE || request.answersWith === 'data') {
      this.#conversations.drop(resultKey);
    }
    if (ready.kind !== 'answered') return { kind: ready.kind };
    if (ready.answer !== DONE)
      return { kind: 'refused', text: `设备没有接受：${wordOf(QN_RETURNS, ready.answer)}。` };
    if (request.answersWith === 'data')
      return { kind: 'done', text: '设备已接受，数据随后按平常的上传到来。' };
    return resultOf(await result);
  }

  close(): void {
    this.#conversations.close();
  }
}

const UNKNOWN = 100;

function keyOf(deviceCode: string, qn: string | undefined, cn: string): string {
  return `${deviceCode} ${qn ?? ''} ${cn}`;
}

function wordOf(words: Readonly<Record<number, string>>, code: number): string {
  return words[code] ?? `返回码 ${code}`;
}

function resultOf(result: Awaited<ReturnType<Conversations<number>['ask']>>): CommandOutcome {
  if (result.kind !== 'answered') return { kind: result.kind };
  return result.answer === DONE
    ? { kind: 'done', text: '设备回报：执行成功。' }
    : { kind: 'refused', text: `设备没有执行成功：${wordOf(EXE_RETURNS, result.answer)}。` };
}
