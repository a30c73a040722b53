import { App as AntApp, ConfigProvider, theme as antTheme, type ThemeConfig } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import dayjs from 'dayjs';
import 'dayjs/locale/zh-cn';
import { createContext, use, useEffect, useMemo, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

type Mode = 'light' | 'dark';

const kStorageKey = 'bole.theme';

interface ThemeValue {
  mode: Mode;
  toggle: () => void;
}

const ThemeContext = createContext<ThemeValue>({ mode: 'light', toggle: () => {} });

export const useThemeMode = () => use(ThemeContext);

function initialMode(): Mode {
  const stored = localStorage.getItem(kStorageKey);
  if (stored === 'light' || stored === 'dark') return stored;
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

const font = '-apple-system, BlinkMacSystemFont, "Segoe UI", "PingFang SC", "Microsoft YaHei", "Noto Sans SC", "WenQuanYi Micro Hei", sans-serif';

const calm = matchMedia('(prefers-reduced-motion: reduce)');

const kOnAccent = '#04201e';

function tokens(mode: Mode): ThemeConfig {
  const dark = mode === 'dark';
  const box = dark ? '#6f8095' : '#8290a1';
  return {
    algorithm: dark ? antTheme.darkAlgorithm : antTheme.defaultAlgorithm,
    cssVar: { key: 'bole' },
    token: {
      // The algorithm darkens the seeds for a dark page: what is read on it or in it keeps 4.5 to 1.
      colorPrimary: dark ? '#3bc1b4' : '#0b6e69',
      colorInfo: dark ? '#3bc1b4' : '#0b6e69',
      colorLink: dark ? '#55c0b5' : '#0b6e69',
      colorSuccess: dark ? '#4cb892' : '#1f7a55',
      colorWarning: dark ? '#d9a441' : '#b0741a',
      colorError: dark ? '#f08a79' : '#b23c2b',
      // The generated tints of a dark accent are muddy; these are the ones of the page.
      colorPrimaryBg: dark ? '#17302f' : '#e3f1ef',
      colorPrimaryBgHover: dark ? '#1c3b39' : '#d2e8e4',
      colorPrimaryBorder: dark ? '#2b6f68' : '#8cc3bc',
      colorPrimaryBorderHover: dark ? '#35a79c' : '#4b9f96',
      colorPrimaryHover: dark ? '#4dbcb0' : '#0d837d',
      colorInfoBg: dark ? '#17302f' : '#e9f4f2',
      colorInfoBorder: dark ? '#24514d' : '#bcdcd7',
      colorSuccessBg: dark ? '#17302a' : '#e6f3ec',
      colorSuccessBorder: dark ? '#26564a' : '#b5d9c5',
      colorWarningBg: dark ? '#33291a' : '#fbf3e2',
      colorWarningBorder: dark ? '#5a4726' : '#ecd5a6',
      colorErrorBg: dark ? '#3a2220' : '#fcedea',
      colorErrorBorder: dark ? '#663a35' : '#eec0b8',
      colorTextBase: dark ? '#e6ebf1' : '#17212e',
      // Those of the algorithm are too faint to read; placeholders name the filters.
      colorTextTertiary: dark ? '#a2aebc' : '#5a6777',
      colorTextDescription: dark ? '#a2aebc' : '#5a6777',
      colorTextPlaceholder: dark ? '#8d9aaa' : '#667282',
      colorBgBase: dark ? '#141b24' : '#ffffff',
      colorBgContainer: dark ? '#161e28' : '#ffffff',
      colorBgElevated: dark ? '#1d2733' : '#ffffff',
      colorBgLayout: dark ? '#0f151c' : '#f5f6f8',
      colorBorder: dark ? '#354151' : '#d5dae1',
      colorBorderSecondary: dark ? '#27313d' : '#e8ebef',
      borderRadius: 6,
      fontFamily: font,
      wireframe: false,
      // Shortened by style sheet instead, lists in dialogs would be placed while the dialog still grows: outside of the window.
      motion: !calm.matches,
    },
    components: {
      Table: { headerBg: 'transparent', headerSplitColor: 'transparent', headerColor: dark ? '#93a0b0' : '#5d6a7a', cellPaddingBlockMD: 10 },
      Tag: { defaultBg: dark ? '#222c38' : '#f0f2f5' },
      Button: { primaryShadow: 'none', defaultShadow: 'none', ...(dark && { primaryColor: kOnAccent, dangerColor: '#2b0d08' }) },
      // A box to tick is seen by its border alone.
      Checkbox: { colorBorder: box, ...(dark && { colorWhite: kOnAccent }) },
      Radio: { colorBorder: box },
      // White is faint on the accent of a dark page.
      ...(dark && { Steps: { colorTextLightSolid: kOnAccent }, DatePicker: { colorTextLightSolid: kOnAccent } }),
      Slider: { trackBg: dark ? '#35a79c' : '#0b6e69', trackHoverBg: dark ? '#4dbcb0' : '#0d837d' },
      Rate: { starColor: dark ? '#dfae56' : '#c07f1d' },
    },
  };
}

export function ThemeProvider({ children }: { children: ReactNode }) {
  const { i18n } = useTranslation();
  const [mode, setMode] = useState<Mode>(initialMode);
  const english = i18n.language === 'en-US';

  useEffect(() => {
    document.documentElement.dataset.theme = mode;
  }, [mode]);
  useEffect(() => {
    dayjs.locale(english ? 'en' : 'zh-cn');
  }, [english]);

  const value = useMemo<ThemeValue>(() => ({
    mode,
    toggle: () => {
      const next = mode === 'dark' ? 'light' : 'dark';
      localStorage.setItem(kStorageKey, next);
      setMode(next);
    },
  }), [mode]);
  const theme = useMemo(() => tokens(mode), [mode]);

  return (
    <ThemeContext value={value}>
      <ConfigProvider theme={theme} locale={english ? enUS : zhCN} componentSize="middle" button={{ autoInsertSpace: false }}>
        <AntApp notification={{ placement: 'topRight', duration: 6 }} message={{ maxCount: 3 }}>{children}</AntApp>
      </ConfigProvider>
    </ThemeContext>
  );
}
