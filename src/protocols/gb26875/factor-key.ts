import type { Place } from './observations.ts';

// 行注释：键里的“任何”写作星号加斜杠，会把块注释截断。
//
//   1.2/42.01000100/fire            系统 1.2（类型.地址）里部件 42.01000100（类型.线上四个字节）的火警位
//   1.2/42.*/fire                   该系统里任何一个点型光电感烟探测器
//   1.2/*/fire                      该系统里任何部件；*/*/fire 是任何系统的任何部件
//   1.2/fire                        系统自己的状态（类型 1）；*/fire 是任何系统自己的
//   gateway/main-power-fault        用户信息传输装置自己的状态（类型 21）
//   fire                            整台装置：装置、系统、部件，任何一处
//   1.2/40.01020304/temperature     模拟量（类型 3），标准单位
//   gateway/operation:duty-answer   操作（类型 4、24）
//
// 词是 `tables.ts` 里的英文词，`operation:` 开头的是操作。另有两个由现存的火警、故障合成的词：
// `fire-grade`（0 无，1 一个部件，2 手动报警按钮或两处以上）与 `fault-grade`（0 无，1 部件，2 回路，3 系统或装置自己）。

/** 因子键：设备档案里把“谁的什么”接到监测点上。`component` 为 `undefined` 的说系统或装置自己。 */
export interface FactorKey {
  readonly system: string;
  readonly component: string | undefined;
  readonly word: string;
}

export const ANY = '*';

/** 读一个键；只有一个词的是整台装置。 */
export function parseKey(key: string): FactorKey {
  const parts = key.split('/');
  const [system = '', component = '', word = ''] = parts;
  if (parts.length === 1) return { system: ANY, component: ANY, word: system };
  if (parts.length === 2) return { system, component: undefined, word: component };
  return { system, component, word };
}

/** 一处地方的一个词能接上的所有键：第一个是它自己的，其余由窄到宽。 */
export function keysOf({ system, component }: Place, word: string): readonly string[] {
  if (component === undefined) {
    const own = `${system}/${word}`;
    return system === 'gateway' ? [own, word] : [own, `${ANY}/${word}`, word];
  }
  const type = `${component.slice(0, component.indexOf('.'))}.${ANY}`;
  const components = [component, type, ANY];
  return [
    ...components.map((one) => `${system}/${one}/${word}`),
    ...components.map((one) => `${ANY}/${one}/${word}`),
    word,
  ];
}

/** 键所指的是不是落在（或含有）这个系统里：系统复位时要归零的。 */
export const coversSystem = (key: FactorKey, system: string): boolean =>
  key.system === ANY || key.system === system;

/** 给人认领时看的键：部件只到类型，免得一台主机的几千个部件各占一行。 */
export function typicalKey({ system, component }: Place, word: string): string {
  if (component === undefined) return `${system}/${word}`;
  return `${system}/${component.slice(0, component.indexOf('.'))}.${ANY}/${word}`;
}
