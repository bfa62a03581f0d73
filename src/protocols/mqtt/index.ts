export { encodePublish } from './encode-publish.ts';
export { type Cut, PacketCutter } from './packet-cutter.ts';
