/** What a password must be (等保三级 8.1.4.1 a). */
export const PASSWORD_SHORTEST = 10;
export const PASSWORD_LONGEST = 128;
export const PASSWORD_CLASSES = 3;
/** A password that was among this many newest ones, the present one included, is not taken again. */
export const PASSWORDS_REMEMBERED = 5;
export const PASSWORD_DAYS = 90;

export const PASSWORD_FAULTS = ['short', 'long', 'classes', 'username', 'common'] as const;
export type PasswordFault = (typeof PASSWORD_FAULTS)[number];

export const PASSWORD_FAULT_TEXT: Readonly<Record<PasswordFault, string>> = {
  short: `至少 ${PASSWORD_SHORTEST} 个字符`,
  long: `最多 ${PASSWORD_LONGEST} 个字符`,
  classes: '大写字母、小写字母、数字、其他字符（符号、汉字）四类里至少有三类',
  username: '不能含有用户名',
  common: '不能是常见密码',
};

const CLASSES: readonly RegExp[] = [/\p{Lu}/u, /\p{Ll}/u, /\p{Nd}/u, /[^\p{Lu}\p{Ll}\p{Nd}]/u];
/** A shorter name would stand in half of all passwords. */
const SHORTEST_NAME = 3;

/** What everybody tries first, in lower case and without what is commonly hung on at the end. */
const COMMON: ReadonlySet<string> = new Set([
  'password',
  'passw0rd',
  'p@ssw0rd',
  'p@ssword',
  'admin',
  'administrator',
  'root',
  'welcome',
  'letmein',
  'iloveyou',
  'woaini',
  'qwerty',
  'qwertyuiop',
  'qwer',
  'asdf',
  'asdfghjkl',
  'abc',
  'abcd',
  'aa',
  'a',
  'test',
  'user',
  'huawei',
  'shanghai',
  'pudong',
  'puan',
  '浦东',
  '浦安',
  '1qaz@wsx3edc',
  '1qaz2wsx',
  '!qaz2wsx',
  'zaq12wsx',
]);

/** What is wrong with a password somebody chose; nothing when it may be taken. Compared and stored as NFC. */
export function passwordFaults(password: string, username: string): readonly PasswordFault[] {
  const text = password.normalize('NFC');
  const length = Array.from(text).length;
  const faults: PasswordFault[] = [];
  if (length < PASSWORD_SHORTEST) faults.push('short');
  if (length > PASSWORD_LONGEST) faults.push('long');
  if (CLASSES.filter((one) => one.test(text)).length < PASSWORD_CLASSES) faults.push('classes');
  const lower = text.toLowerCase();
  const name = username.normalize('NFC').toLowerCase();
  if (name.length >= SHORTEST_NAME && lower.includes(name)) faults.push('username');
  if (isCommon(lower)) faults.push('common');
  return faults;
}

/** One of the common ones, bare or followed by nothing but digits and marks: `Password@2026`. */
function isCommon(lower: string): boolean {
  return COMMON.has(lower) || COMMON.has(lower.replace(/[\p{Nd}\p{P}\p{S}]+$/u, ''));
}
