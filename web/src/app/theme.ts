import type { ThemeConfig } from 'antd';

/** A calm light desk. The primary colour is a teal and faults are plum, so that red … blue stay the levels' own. */
export const THEME: ThemeConfig = {
  token: {
    colorPrimary: '#0e5f63',
    colorLink: '#0b5a73',
    colorError: '#7b2d5b',
    colorWarning: '#5f5a4a',
    colorInfo: '#40606b',
    colorSuccess: '#2c6e4f',
    colorText: '#18242b',
    colorTextSecondary: '#4c5c66',
    colorTextTertiary: '#5f6e77',
    colorTextDescription: '#4c5c66',
    colorTextPlaceholder: '#6b7a83',
    colorBgLayout: '#f3f5f6',
    colorBorder: '#c3ccd1',
    colorBorderSecondary: '#e1e6e9',
    borderRadius: 6,
    fontSize: 14,
    fontFamily:
      '"PingFang SC", "HarmonyOS Sans SC", "Microsoft YaHei", "Noto Sans SC", "Noto Sans CJK SC", system-ui, sans-serif',
    motionDurationMid: '0.12s',
    motionDurationSlow: '0.16s',
  },
  components: {
    Button: { controlHeightLG: 48 },
  },
};
