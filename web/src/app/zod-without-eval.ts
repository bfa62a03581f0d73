import { config } from 'zod';

// The page may not make code out of text (content-security-policy); zod would try it once and be reported.
// Imported before everything that builds a schema.
config({ jitless: true });
