export const TEXT = {
  title: '登录',
  system: '浦安',
  about: '浦东新区城市安全风险监测预警平台',
  expired: '登录已过期，请重新登录。登录后回到刚才的页面。',
  insecure:
    '当前连接不是 HTTPS：密码会明文传输，手机上的定位和离线功能也不可用。请让技术管理员为本站配置 HTTPS 后再使用。',
  noCookie:
    '这个页面嵌在别的系统里，浏览器没有让它保存登录。请在浏览器设置里允许本站的第三方 Cookie，或把本站单独打开（新窗口或主屏幕）再登录。',
  username: '用户名',
  password: '密码',
  submit: '登录',
  submitting: '正在登录',
  noUsername: '请填写用户名。',
  noPassword: '请填写密码。',
  idle: '没有操作超过平台设定的时限（一般 30 分钟）会自动退出；有值班权限的，开着页面即算在岗。最长 24 小时须重新登录。',
} as const;

export const CODE_TEXT = {
  title: '两步验证',
  hint: '请输入验证器应用里的 6 位数字。手机不在手边时，可输入一个恢复码。',
  code: '验证码',
  submit: '验证',
  back: '换个账号',
  missing: '请填写验证码。',
} as const;

export const OWING_TEXT = {
  password: {
    title: '请先修改密码',
    hint: '这个密码是别人代设的，或已到期。改成只有您知道的，再继续。',
  },
  'second-factor': {
    title: '启用两步验证',
    hint: '按等保三级要求，登录除密码外还须有第二个凭证。设置一次即可。',
  },
  chooseDevice: '绑定这台手机（外勤推荐）',
  chooseTotp: '用验证器应用',
  leave: '退出，换个账号',
} as const;

export const PIN_TEXT = {
  title: '输入 PIN 登录',
  pad: 'PIN 键盘',
  erase: '删除一位',
  typed: (count: number): string => `已输入 ${count} 位，共 6 位`,
  withPassword: '用密码登录',
  checking: '正在登录',
} as const;

export const PROVIDER_TEXT = {
  or: '或',
  with: (name: string): string => `${name === '' ? '城运平台' : name}登录`,
} as const;
