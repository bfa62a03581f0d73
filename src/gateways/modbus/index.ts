export { startModbusGateway } from './gateway.ts';
export { MODBUS_REFUSAL_TEXT } from './text.ts';
