export {
  PLATFORM_KINDS,
  type PlatformCounts,
  type PlatformEntry,
  type PlatformFile,
  type PlatformKind,
  type PlatformTier,
} from './platform-entry.ts';
