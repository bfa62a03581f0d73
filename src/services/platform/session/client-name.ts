/** The first that is found is it: Edge calls itself Chrome, too, and Chrome Safari. */
const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/MicroMessenger\//u, '微信'],
  [/Edg(?:e|A|iOS)?\//u, 'Edge'],
  [/Firefox\/|FxiOS\//u, 'Firefox'],
  [/Chrome\/|CriOS\//u, 'Chrome'],
  [/Safari\//u, 'Safari'],
];
const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/HarmonyOS|OpenHarmony/u, '鸿蒙'],
  [/Android/u, 'Android'],
  [/iPhone|iPad/u, 'iOS'],
  [/Windows/u, 'Windows'],
  [/Mac OS X/u, 'macOS'],
  [/Linux/u, 'Linux'],
];
const LONGEST = 40;

/** A client in a few words: `Chrome · Windows`; for a program the first word of what it calls itself. */
export function clientName(userAgent: string | undefined): string {
  const named = [BROWSERS, SYSTEMS].flatMap(
    (table) => table.find(([form]) => form.test(userAgent ?? ''))?.[1] ?? [],
  );
  if (named.length > 0) return named.join(' · ');
  const program = /^[\w.-]+/u.exec(userAgent ?? '')?.[0];
  return program === undefined ? '未知客户端' : program.slice(0, LONGEST);
}
