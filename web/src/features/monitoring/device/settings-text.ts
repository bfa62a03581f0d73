/** What is written at the settings of a device. The first of each choice is what the standard wants. */
export const SETTINGS_TEXT = {
  title: '接入设置',
  secretHint: '已设，不显示；留空不动',
  key: 'SM4 密钥（HJ 212-2025 密文，可空）',
  dropKey: '删去现在的密钥：以后只收明文',
  dropPassword: '删去现在的密码：以后不核对密码',
  via: '由哪个网关转报（可空）',
  viaHint: '这台设备自己不连平台，由边缘网关替它说话时，写那个网关的设备编码；只有它可以替这台设备报数。',
  choices: {
    length: {
      label: '长度',
      hint: '',
      options: { strict: '长度要对（默认）', 'by-crc': '长度写错、校验对的也收' },
    },
    cipherText: { label: '密文写法', hint: '', options: { hex: '十六进制', base64: 'Base64' } },
    padding: { label: '补位', hint: '', options: { pkcs7: 'PKCS#7', none: '空格或 NUL 补足' } },
    numbers: {
      label: '数值',
      hint: '有的程序把数写在引号里（"12.5"）。放宽之后照数收，每次计数；不是数的仍然拒收。',
      options: { strict: '数要写成数（默认）', text: '引号里的数也收' },
    },
    surplus: {
      label: '多余的字节',
      hint: '应用数据单元里，声明的对象之后还有字节。标准不允许；有的装置补零。放宽之后略去不看，每帧计数。',
      options: { refuse: '整帧拒收并否认（默认）', ignore: '略去多余的，照收声明的' },
    },
    ends: {
      label: '结束符',
      hint: '上行报文应以 ETX 或 ETB 结束。有的遥测站写成下行的结束符；放宽之后校验正确就收，每帧计数。',
      options: { strict: '要合标准（默认）', any: '校验正确就收' },
    },
    afterAnswer: {
      label: '确认之后',
      hint: '靠电池的遥测站报完应当下线省电，平台就不能随时对它说话。',
      options: { stay: '请它保持在线（ESC，默认）', leave: '让它退出通信（EOT）' },
    },
  },
} as const;
