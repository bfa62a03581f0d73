import type { Conversations, Outcome } from '#gateways/line';
import type { CommandOutcome, DeviceCommand, KnownDevice } from '#model/monitoring';
import {
  COMMAND_CODES,
  encodeCommand,
  parseStationTime,
  periodQueries,
  type StationCommand,
} from '#protocols/sl651';
import { conversationKey, type StationAnswer } from './reports.ts';
import type { Stations } from './stations.ts';

interface Parts {
  readonly stations: Stations;
  readonly conversations: Conversations<StationAnswer>;
  readonly answerWithinMs: number;
  /** 走该设备最新的活连接。 */
  readonly tell: (deviceCode: string, bytes: Uint8Array) => boolean;
}

type Answered = Outcome<StationAnswer>;

/** 对一个遥测站说话（37H、38H、4AH），等它回答；它的读数走平常的路入库。 */
export async function commandStation(
  parts: Parts,
  deviceCode: string,
  command: DeviceCommand,
): Promise<CommandOutcome> {
  if (command.kind === 'set-clock') return sayClock(await ask(parts, deviceCode, { kind: 'set-clock' }));
  if (command.kind === 'query-now') {
    const heard = await ask(parts, deviceCode, { kind: 'query-now' });
    return heard.kind === 'answered' ? done(`遥测站已答，报来 ${heard.answer.values} 个值。`) : heard;
  }
  if (command.kind === 'query-picture' || command.kind === 'query-text') {
    return sayNotes(command.kind, await ask(parts, deviceCode, { kind: command.kind }));
  }
  if (command.kind !== 'back-fill') return { kind: 'unsupported' };
  const device = parts.stations.find(deviceCode);
  return device === undefined ? { kind: 'not-connected' } : backFill(parts, device, command);
}

function ask(parts: Parts, deviceCode: string, command: StationCommand): Promise<Answered> {
  const header = parts.stations.headerOf(deviceCode);
  if (header === undefined) return Promise.resolve({ kind: 'not-connected' });
  const key = conversationKey(deviceCode, COMMAND_CODES[command.kind]);
  // 图片要分很多包，慢的线路上要等得久些。
  const withinMs = parts.answerWithinMs * (command.kind === 'query-picture' ? PICTURE_PATIENCE : 1);
  return parts.conversations.ask(key, withinMs, () =>
    parts.tell(deviceCode, encodeCommand(header, command, Date.now())),
  );
}

const PICTURE_PATIENCE = 6;

function sayNotes(kind: 'query-picture' | 'query-text', heard: Answered): CommandOutcome {
  if (heard.kind !== 'answered') return heard;
  const what = kind === 'query-picture' ? '图片' : '人工置数';
  if (heard.answer.notes === 0) return done(`遥测站已答，但没有${what}。`);
  return done(`遥测站已答，发来${what}，存好后列在“图文报”里。`);
}

function sayClock(heard: Answered): CommandOutcome {
  if (heard.kind !== 'answered') return heard;
  const at = parseStationTime(heard.answer.sentAt);
  if (at === undefined) return done('遥测站已答，但它报的时刻读不出。请到现场看时钟。');
  const seconds = Math.round(Math.abs(Date.now() - at) / 1000);
  return done(`已对时，遥测站回答时的时钟与平台相差 ${seconds} 秒。`);
}

type BackFill = Extract<DeviceCommand, { kind: 'back-fill' }>;

/** 一次问一个要素（表 44 注 2）；有一个不答就不再往下问。 */
async function backFill(parts: Parts, device: KnownDevice, command: BackFill): Promise<CommandOutcome> {
  const queries = periodQueries([...device.factors.keys()], command);
  if (queries.length === 0) {
    return { kind: 'refused', text: '这台设备绑定的因子里没有能按这个步长补招的要素。' };
  }
  let values = 0;
  const filled: string[] = [];
  for (const query of queries) {
    const heard = await ask(parts, device.code, query);
    if (heard.kind !== 'answered') {
      if (filled.length === 0) return heard;
      return done(
        `补招了 ${filled.join('、')} 共 ${values} 个值；问到 ${query.element.id} 时遥测站没有回答。`,
      );
    }
    values += heard.answer.values;
    filled.push(query.element.id);
  }
  return done(`补招了 ${filled.join('、')} 共 ${values} 个值。`);
}

const done = (text: string): CommandOutcome => ({ kind: 'done', text });
