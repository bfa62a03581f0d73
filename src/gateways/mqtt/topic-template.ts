/** Where a template says that the device's code stands. */
const DEVICE = '{device}';

/** What is subscribed to: one level of any name in the device's place. Undefined for a template without exactly one such level. */
export function filterOf(template: string): string | undefined {
  const levels = template.split('/');
  const isPlain = levels.every((level) => level === DEVICE || !/[{}+#]/u.test(level));
  if (!isPlain || levels.filter((level) => level === DEVICE).length !== 1) return undefined;
  return levels.map((level) => (level === DEVICE ? '+' : level)).join('/');
}

/** Whether {@link filterOf} has an answer. */
export const isTopicTemplate = (template: string): boolean => filterOf(template) !== undefined;

/** The device's code in a topic of that form; undefined for any other topic. */
export function deviceIn(template: string, topic: string): string | undefined {
  const wanted = template.split('/');
  const given = topic.split('/');
  if (wanted.length !== given.length) return undefined;
  let code: string | undefined;
  for (const [i, level] of wanted.entries()) {
    if (level === DEVICE) code = given[i];
    else if (level !== given[i]) return undefined;
  }
  return code === '' ? undefined : code;
}
