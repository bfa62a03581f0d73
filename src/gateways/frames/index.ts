export {
  codeIn,
  inspectLine,
  type Inspection,
  isReadable,
  type ReadableProtocol,
  READABLE_PROTOCOLS,
} from './inspect-line.ts';
