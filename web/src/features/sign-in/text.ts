export const TEXT = {
  title: '登录',
  system: '浦安',
  about: '浦东新区城市安全风险监测预警平台',
  expired: '登录已过期，请重新登录。登录后回到刚才的页面。',
  insecure:
    '当前连接不是 HTTPS：密码会明文传输，手机上的定位和离线功能也不可用。请让技术管理员为本站配置 HTTPS 后再使用。',
  username: '用户名',
  password: '密码',
  otp: '验证码',
  withOtp: '我启用了两步验证',
  otpHint: '验证器应用里的 6 位数字',
  submit: '登录',
  submitting: '正在登录',
  noUsername: '请填写用户名。',
  noPassword: '请填写密码。',
} as const;
