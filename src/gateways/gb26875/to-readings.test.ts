import { expect, test } from 'vitest';
import { COMMAND, decodeUnit, UNIT, unitOf } from '#protocols/gb26875';
import { QUALITY, ReadingBatchBuilder } from '#model/monitoring';
import { Panels } from './delivery.ts';
import {
  AT,
  CODE,
  component,
  FAULT,
  FIRE,
  heartbeat,
  NORMAL,
  operation,
  systemState,
  tag,
  World,
} from './testing.ts';
import { addReadings } from './to-readings.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;
/** 系统状态的位 13。 */
const RESET = 1 << 13;

/** 一台装置对着它的面板说话；`rows` 是存下的各行：点号=值 @离 AT 几毫秒。 */
class Telling {
  readonly world = new World();
  readonly #panels = new Panels();

  constructor(factors: Parameters<World['register']>[0], session = 0) {
    this.world.register(factors, { session });
  }

  tell(unit: Uint8Array, command: number = COMMAND.send): string[] {
    const device = this.world.devices.get(CODE);
    if (device === undefined) throw new Error('没有登记');
    const builder = new ReadingBatchBuilder(device.session);
    const context = {
      directory: this.world,
      counters: this.world,
      log: () => undefined,
      now: () => this.world.now,
    };
    const known = { device, command, unit: decodeUnit(unit) };
    const outcome = addReadings(context, this.#panels.of(device), known, builder);
    const { length, point, value, observedAt, quality } = builder.finish();
    const rows = Array.from({ length }, (_row, at) => {
      const mark = (quality[at] ?? 0) === QUALITY.unflagged ? ' 无时标' : '';
      return `${point[at]}=${value[at]} @${(observedAt[at] ?? 0) - AT}${mark}`;
    });
    return outcome === 'added' ? rows : [...rows, outcome];
  }
}

test('一个部件的火警接到它自己的点，故障接到另一个点；没接的位不作声', () => {
  const panel = new Telling({ '1.1/42.05000000/fire': 1, '1.1/42.05000000/fault': 2 });
  expect(panel.tell(component(5, FIRE))).toEqual(['2=0 @0', '1=1 @0']);
  expect(panel.world.unmapped).toEqual([]);
});

test.each(['1.1/42.*/fire', '1.1/*/fire', '*/42.05000000/fire', '*/42.*/fire', '*/*/fire', 'fire'])(
  '整台主机接到一个点：%s',
  (key) => {
    expect(new Telling({ [key]: 1 }).tell(component(5, FIRE))).toEqual(['1=1 @0']);
  },
);

test.each([
  ['1.1/23.*/fire', component(5, FIRE)],
  ['1.2/*/fire', component(5, FIRE)],
  ['1.1/fire', component(5, FIRE)],
  ['1.1/*/fire', systemState(FIRE)],
  ['gateway/fire', systemState(FIRE)],
])('%s 接不上别处的火警：说没有去处，这一帧不确认', (key, unit) => {
  const panel = new Telling({ [key]: 1 });
  expect(panel.tell(unit)).toEqual(['fire-unmapped']);
  expect(panel.world.unmapped).toHaveLength(1);
});

test('没接上的火警按部件类型记作没有去处；对查询的应答里的不算没确认', () => {
  const panel = new Telling({});
  expect(panel.tell(component(5, FIRE), COMMAND.answer)).toEqual([]);
  expect(panel.world.unmapped).toEqual(['1.1/42.*/fire']);
});

test('心跳里装置转述的火警没接上：说没有去处，但心跳照样确认', () => {
  const panel = new Telling({ '*/*/fire': 1 });
  expect(panel.tell(heartbeat(FIRE))).toEqual([]);
  expect(panel.world.unmapped).toEqual(['gateway/fire']);
});

test('甲还在报火警，乙报正常：点上仍是火警；甲自己消了才归零', () => {
  const panel = new Telling({ fire: 1 });
  expect(panel.tell(component(1, FIRE))).toEqual(['1=1 @0']);
  expect(panel.tell(component(2, NORMAL, { at: AT + 1000 }))).toEqual(['1=1 @1000']);
  expect(panel.tell(component(1, NORMAL, { at: AT + 2000 }))).toEqual(['1=0 @2000']);
});

test('网关重启后没见过谁报警：一句“正常”说不准，不拿它消别处的火警', () => {
  const panel = new Telling({ fire: 1 });
  expect(panel.tell(component(2, NORMAL))).toEqual([]);
  expect(panel.tell(heartbeat(NORMAL))).toEqual([]);
});

test.each([
  ['系统状态里的复位位', systemState(RESET | NORMAL, AT + 5000)],
  ['复位操作', operation(1, AT + 5000)],
])('%s：这个系统的火警归零，别的系统还占着的不归零', (_name, reset) => {
  const panel = new Telling({ fire: 1, '1.1/*/fire': 2, '1.2/*/fire': 3, '1.1/42.01000000/fire': 4 });
  panel.tell(component(1, FIRE));
  panel.tell(component(1, FIRE, { system: 2 }));
  expect(panel.tell(reset).slice(0, 3)).toEqual(['1=1 @5000', '2=0 @5000', '4=0 @5000']);
});

test('复位位与火警位在同一句话里：先复位，火还在', () => {
  const panel = new Telling({ '1.1/fire': 1 });
  expect(panel.tell(systemState(RESET | FIRE))).toEqual(['1=0 @0', '1=1 @1']);
});

test('故障不因复位归零：还在的，主机会再报', () => {
  const panel = new Telling({ fault: 1 });
  panel.tell(component(1, FAULT));
  expect(panel.tell(operation(1, AT + 5000))).toEqual([]);
});

test('复位与复燃在同一秒：后来的记在后面，不会被当作迟到', () => {
  const panel = new Telling({ fire: 1 });
  panel.tell(component(1, FIRE));
  expect(panel.tell(operation(1, AT + 5000))).toEqual(['1=0 @5000']);
  expect(panel.tell(component(2, FIRE, { at: AT + 5000 }))).toEqual(['1=1 @5001']);
  // 没等到确认而重发的，仍是同一行。
  expect(panel.tell(component(2, FIRE, { at: AT + 5000 }))).toEqual(['1=1 @5001']);
});

test('火警的轻重：一个探测器 1，两处 2，手动报警按钮 2', () => {
  const panel = new Telling({ 'fire-grade': 1 });
  expect(panel.tell(component(1, FIRE))).toEqual(['1=1 @0']);
  expect(panel.tell(component(2, FIRE, { at: AT + 1000 }))).toEqual(['1=2 @1000']);
  expect(panel.tell(operation(1, AT + 2000))).toEqual(['1=0 @2000']);
  expect(panel.tell(component(3, FIRE, { at: AT + 3000, type: 23 }))).toEqual(['1=2 @3000']);
});

test('故障的轻重：部件 1，回路 2，系统自己 3；消到哪级是哪级', () => {
  const panel = new Telling({ 'fault-grade': 1 });
  expect(panel.tell(component(1, FAULT))).toEqual(['1=1 @0']);
  expect(panel.tell(component(9, FAULT, { type: 21, at: AT + 1000 }))).toEqual(['1=2 @1000']);
  expect(panel.tell(systemState(FAULT, AT + 2000))).toEqual(['1=3 @2000']);
  expect(panel.tell(systemState(NORMAL, AT + 3000))).toEqual(['1=2 @3000']);
});

test('装置自己的状态：主电故障、监测连接线路故障', () => {
  const panel = new Telling({ 'gateway/main-power-fault': 1, 'gateway/panel-line-fault': 2 });
  expect(panel.tell(heartbeat(0b1001001))).toEqual(['2=1 @0', '1=1 @0']);
});

test('操作：值班人员按了装置上的手动报警、答了查岗', () => {
  const panel = new Telling({ 'gateway/operation:duty-answer': 1 });
  const unit = (bits: number): Uint8Array =>
    unitOf(UNIT.gatewayOperation, [{ operation: bits, operator: 3, time: tag(AT) }]);
  expect(panel.tell(unit(0b100000))).toEqual(['1=1 @0']);
  panel.tell(unit(0b100));
  expect(panel.world.unmapped).toEqual(['gateway/operation:manual-alarm']);
});

test('模拟量按标准的步长换算，再按设备档案的倍率；可以为负', () => {
  const analogue = (analogueKind: number, analogueRaw: number): Uint8Array => {
    const place = { systemType: 1, systemAddress: 1, componentType: 18, componentAddress: 5 };
    return unitOf(UNIT.analogue, [{ ...place, analogueKind, analogueRaw, time: tag(AT) }]);
  };
  const panel = new Telling({ '1.1/18.05000000/temperature': 1, '*/*/current': [2, 1000] });
  expect(panel.tell(analogue(3, -57))).toEqual(['1=-5.7 @0']);
  expect(panel.tell(analogue(9, 3))).toEqual(['2=300 @0']);
  panel.tell(analogue(200, 3));
  expect(panel.world.unmapped).toEqual(['1.1/18.*/kind-200']);
});

test('没有时刻的取收到的时刻，并作标记', () => {
  const panel = new Telling({ fire: 1 });
  expect(panel.tell(component(1, FIRE, { at: null }))).toEqual(['1=1 @1500 无时标']);
});

test.each([
  ['快了两分钟', 2 * MINUTE],
  ['停在 2012 年', AT - Date.UTC(2012, 5, 1) > 0 ? Date.UTC(2012, 5, 1) - AT : 0],
])('主机的钟%s：火警按收到的时刻记，否则当作时钟错而不判', (_name, offset) => {
  const panel = new Telling({ fire: 1 });
  expect(panel.tell(component(1, FIRE, { at: AT + offset }))).toEqual(['1=1 @1500 无时标']);
});

test('断网补报的火警：记在它自己的时刻，又以收到的时刻记一次，还在烧的火不当作往事', () => {
  const panel = new Telling({ fire: 1 });
  panel.world.now = AT + 2 * 60 * MINUTE;
  const two = 2 * 60 * MINUTE;
  expect(panel.tell(component(1, FIRE))).toEqual(['1=1 @0', `1=1 @${two} 无时标`]);
  // 随后补报它已恢复：以来的次序为准。
  expect(panel.tell(component(1, NORMAL, { at: AT + 10 * MINUTE }))).toEqual([
    `1=0 @${10 * MINUTE}`,
    `1=0 @${two + 1} 无时标`,
  ]);
});

test('回放会话里钟随数据走：只用对象自己的时刻；进了会话，从头记起', () => {
  const panel = new Telling({ fire: 1 }, 7);
  panel.world.now = AT + 3 * DAY;
  expect(panel.tell(component(1, FIRE))).toEqual(['1=1 @0']);
  panel.world.register({ fire: 1 }, { session: 8 });
  expect(panel.tell(component(1, NORMAL))).toEqual([]);
});
