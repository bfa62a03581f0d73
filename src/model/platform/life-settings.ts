import { type Level, LEVEL_TEXT } from '#model/warning';

import type { NumberSetting, TextSetting } from './setting-shape.ts';

/** Of the life of alarms and warnings: when they are told again, how long they may wait for a person, what counts as agreeing. */
export const LIFE_SETTING_KEYS = [
  're-alarm.red-minutes',
  're-alarm.orange-minutes',
  're-alarm.yellow-minutes',
  're-alarm.blue-minutes',
  'verify.red-minutes',
  'verify.orange-minutes',
  'verify.yellow-minutes',
  'verify.blue-minutes',
  'verify.worst-case',
  'agree.neighbour-metres',
  'agree.witness-metres',
  'agree.witness-minutes',
] as const;

type NumberKey = Exclude<(typeof LIFE_SETTING_KEYS)[number], 'verify.worst-case'>;

export interface LifeSettings extends Readonly<Record<NumberKey, NumberSetting>> {
  readonly 'verify.worst-case': TextSetting;
}

function reAlarm(level: Level, minutes: number): NumberSetting {
  return {
    type: 'number',
    label: `${LEVEL_TEXT[level]}预警再次报警`,
    unit: '分钟',
    help: '生效的预警无人签收，或签收后没有好转，每隔此时间再报一次（ISA-18.2 再报警）；0 为不再报。缺省值为约定值。',
    default: minutes,
    min: 0,
    max: 1440,
    tightenOnly: false,
  };
}

function verify(level: Level, minutes: number): NumberSetting {
  return {
    type: 'number',
    label: `${LEVEL_TEXT[level]}报警核实时限`,
    unit: '分钟',
    help: '须研判人员核实的报警，过半和到时各催一次，到时转给部门责任人。缺省值为约定值。下级只能更短。',
    default: minutes,
    min: 1,
    max: 1440,
    tightenOnly: true,
  };
}

export const LIFE_SETTINGS: LifeSettings = {
  're-alarm.red-minutes': reAlarm('red', 15),
  're-alarm.orange-minutes': reAlarm('orange', 30),
  're-alarm.yellow-minutes': reAlarm('yellow', 120),
  're-alarm.blue-minutes': reAlarm('blue', 0),
  'verify.red-minutes': verify('red', 5),
  'verify.orange-minutes': verify('orange', 10),
  'verify.yellow-minutes': verify('yellow', 30),
  'verify.blue-minutes': verify('blue', 120),
  'verify.worst-case': {
    type: 'text',
    label: '无人核实时按最坏情况发出',
    help: '用时达核实时限两倍仍无人核实的，从这一级起自动成为预警；填 never 为一律等人核实。',
    default: 'orange',
    pattern: /^(?:red|orange|yellow|blue|never)$/u,
    shape: '为 red、orange、yellow、blue 或 never 之一',
  },
  'agree.neighbour-metres': {
    type: 'number',
    label: '邻近测点距离',
    unit: '米',
    help: '此距离内或同一对象的同类测点也越限的，计为佐证。缺省值为约定值。',
    default: 3000,
    min: 100,
    max: 20_000,
    tightenOnly: false,
  },
  'agree.witness-metres': {
    type: 'number',
    label: '不同来源佐证距离',
    unit: '米',
    help: '视频识别、社会上报和仪器报警相距在此距离内的，互为佐证，疑似报警随之成立。缺省值为约定值。',
    default: 500,
    min: 50,
    max: 5000,
    tightenOnly: false,
  },
  'agree.witness-minutes': {
    type: 'number',
    label: '不同来源佐证时间',
    unit: '分钟',
    help: '相隔在此时间内的，互为佐证。缺省值为约定值。',
    default: 30,
    min: 5,
    max: 240,
    tightenOnly: false,
  },
};
