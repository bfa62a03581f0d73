export { PhoneGateway } from './phone-gateway.ts';
export { readPhoneReceipt, signReceipt } from './read-phone-receipt.ts';
