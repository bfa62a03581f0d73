export { type Cut, PacketCutter } from './packet-cutter.ts';
