import { PASSWORD_DAYS, PASSWORDS_REMEMBERED } from '#model/platform';

export const PASSWORD_TEXT = {
  current: '现在的密码',
  next: '新密码',
  again: '再输一次新密码',
  rules: `至少 10 个字符，大写字母、小写字母、数字、其他字符（符号、汉字）里有三类；不含用户名；不用最近 ${PASSWORDS_REMEMBERED} 个用过的。${PASSWORD_DAYS} 天后须再改。`,
  differ: '两次输入的新密码不一样。',
  missing: '请填写。',
  wrong: '当前密码不对。',
  submit: '修改密码',
  effect: '改完后，您在别处的登录和绑定的手机都会失效，这里继续使用。',
} as const;

export const TOTP_TEXT = {
  scan: '用手机上的验证器应用（任何支持 TOTP 的应用都可以）扫描二维码：',
  orType: '扫不了码时，在应用里手工输入这个密钥：',
  copy: '复制密钥',
  copied: '已复制',
  code: '应用显示的 6 位数字',
  submit: '启用两步验证',
  qr: '两步验证密钥的二维码',
  again: '重新取得密钥',
} as const;

export const RECOVERY_TEXT = {
  title: '请保存恢复码',
  hint: '手机丢了或不在手边时，用恢复码代替验证码登录；每个只能用一次。它们只显示这一次，请抄下或打印后锁好，不要存在手机里。',
  copy: '复制全部',
  copied: '已复制',
  kept: '我已保存好恢复码',
  go: '继续',
} as const;

export const DEVICE_TEXT = {
  name: '给这台手机起个名字',
  preset: '我的手机',
  pin: '设一个 6 位数字的 PIN',
  pinAgain: '再输一次 PIN',
  pinRule: '不用连号、重号、成对的号或生日。',
  weak: 'PIN 须为 6 位数字，不能是连号、重号、成对的号或日期。',
  differ: '两次输入的 PIN 不一样。',
  submit: '绑定这台手机',
  rule: '绑定后在这台手机上用 PIN 登录。连错 5 次、30 天不用、满 90 天、修改密码时自动解除。公用的电脑不要绑定。',
} as const;
