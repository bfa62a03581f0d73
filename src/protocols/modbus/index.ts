export { EXCEPTION_TEXT, exceptionOf, type ModbusException } from './exceptions.ts';
export { planReads, readAlone, type ReadRange } from './ranges.ts';
export { parseRegister, type Register } from './register.ts';
export { answerBytes, valueIn } from './value.ts';
