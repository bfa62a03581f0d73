import { config } from 'zod';

// The page may not make code out of text (content-security-policy); zod would try it once and be reported.
// Bundled with zod itself (vite.config.ts), so that it is said before any schema is built.
config({ jitless: true });
