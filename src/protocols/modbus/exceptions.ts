/** Why a device does not answer a read, by the code of its exception (Modbus Application Protocol V1.1b3, 7). */
const EXCEPTIONS = {
  0x01: 'illegal-function',
  0x02: 'illegal-data-address',
  0x03: 'illegal-data-value',
  0x04: 'server-device-failure',
  0x05: 'acknowledge',
  0x06: 'server-device-busy',
  0x0a: 'gateway-path-unavailable',
  0x0b: 'gateway-target-failed',
} as const;

export type ModbusException = (typeof EXCEPTIONS)[keyof typeof EXCEPTIONS] | 'unknown-exception';

/** The name of an exception. */
export function exceptionOf(code: number): ModbusException {
  return code in EXCEPTIONS ? EXCEPTIONS[code as keyof typeof EXCEPTIONS] : 'unknown-exception';
}

/** The exception in words that say how to mend it. */
export const EXCEPTION_TEXT: Readonly<Record<ModbusException, string>> = {
  'illegal-function': '设备不支持这种读法（异常 01）。请核对寄存器的种类。',
  'illegal-data-address': '设备没有这个地址（异常 02）。地址从 0 起：手册的 40001 写 holding:0。',
  'illegal-data-value': '设备不接受这样读（异常 03）。请核对地址与类型。',
  'server-device-failure': '设备自己出了故障（异常 04）。请检查设备。',
  acknowledge: '设备还在处理，没有给数（异常 05）。下一轮再读。',
  'server-device-busy': '设备忙（异常 06）。下一轮再读；常见时请把周期调长。',
  'gateway-path-unavailable': '串口网关没有通往设备的路（异常 0A）。请检查网关配置与站号。',
  'gateway-target-failed': '串口网关后面的设备没有回答（异常 0B）。请检查接线、供电与站号。',
  'unknown-exception': '设备回了不认识的异常码。请查设备手册。',
};
