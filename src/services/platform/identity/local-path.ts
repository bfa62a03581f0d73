const BASE = 'http://here.invalid';
const LEADING_AWAY = /^[\\/]{2}|[\\\p{Cc}\p{Zs}\p{Zl}\p{Zp}\p{Cf}]/u;

/**
 * An address of our own pages, as a browser would read it; undefined for anything that could lead elsewhere (`//host`,
 * `/\host`, other schemes, tabs and line ends that browsers drop, the same once more encoded), and for the API.
 */
export function localPath(given: string): string | undefined {
  if (!given.startsWith('/') || !given.isWellFormed()) return undefined;
  const [path = ''] = given.split(/[?#]/u, 1);
  if (LEADING_AWAY.test(given) || leadsAwayDecoded(path)) return undefined;
  if (!URL.canParse(given, BASE)) return undefined;
  const url = new URL(given, BASE);
  if (url.origin !== BASE || url.pathname.startsWith('//') || /^\/api(\/|$)/iu.test(url.pathname))
    return undefined;
  return url.pathname + url.search + url.hash;
}

function leadsAwayDecoded(path: string): boolean {
  let text = path;
  for (let depth = 0; depth < 3; depth += 1) {
    try {
      text = decodeURIComponent(text);
    } catch {
      return true;
    }
    if (/^[\\/]{2}|[\\\p{Cc}]/u.test(text)) return true;
  }
  return false;
}
