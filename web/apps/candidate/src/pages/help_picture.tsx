// Schematic drawings of where to tap; the words beside them say the same, so they are hidden from screen readers.
import type { Browser } from '../media/browser';

type Spot = 'lock_left' | 'dots_top' | 'menu_left' | 'settings';

const kSpots: Record<Browser, Spot> = {
  wechat: 'dots_top', dingtalk: 'dots_top', safari_ios: 'menu_left', chrome_ios: 'settings',
  chrome_android: 'lock_left', chrome: 'lock_left', edge: 'lock_left', firefox: 'lock_left', safari: 'settings', other: 'lock_left',
};

export function HelpPicture({ browser }: { browser: Browser }) {
  const spot = kSpots[browser];
  return (
    <svg class="help-picture" viewBox="0 0 280 92" aria-hidden="true">
      <rect class="frame" x="1" y="1" width="278" height="90" rx="12" />
      {spot === 'settings' ? <SettingsRows /> : <AddressBar />}
      {spot === 'lock_left' && (
        <>
          <path class="glyph" d="M35 28h12v9H35zM38 28v-3a3 3 0 0 1 6 0v3" />
          <circle class="ring" cx="41" cy="31" r="15" />
          <SwitchRows from={58} />
        </>
      )}
      {spot === 'menu_left' && (
        <>
          <text class="glyph-text" x="41" y="36">aA</text>
          <circle class="ring" cx="41" cy="31" r="15" />
          <SwitchRows from={58} />
        </>
      )}
      {spot === 'dots_top' && (
        <>
          <path class="dots" d="M238 31h.1M246 31h.1M254 31h.1" />
          <circle class="ring" cx="246" cy="31" r="15" />
          <circle class="globe" cx="140" cy="68" r="11" />
          <path class="globe" d="M129 68h22M140 57c-6 7-6 15 0 22M140 57c6 7 6 15 0 22" />
        </>
      )}
    </svg>
  );
}

function AddressBar() {
  return (
    <>
      <rect class="field" x="20" y="18" width="240" height="26" rx="13" />
      <path class="line" d="M66 31h120" />
    </>
  );
}

function SwitchRows({ from }: { from: number }) {
  return (
    <>
      <path class="line" d={`M28 ${from}h60M28 ${from + 18}h76`} />
      <rect class="switch" x="118" y={from - 6} width="24" height="12" rx="6" />
      <circle class="knob" cx="136" cy={from} r="4" />
      <rect class="switch" x="118" y={from + 12} width="24" height="12" rx="6" />
      <circle class="knob" cx="136" cy={from + 18} r="4" />
    </>
  );
}

function SettingsRows() {
  return (
    <>
      <circle class="glyph" cx="34" cy="28" r="8" />
      <circle class="glyph" cx="34" cy="28" r="2.5" />
      <path class="line" d="M54 28h70M28 58h60M28 76h76" />
      <rect class="switch" x="226" y="52" width="24" height="12" rx="6" />
      <circle class="knob" cx="244" cy="58" r="4" />
      <rect class="switch" x="226" y="70" width="24" height="12" rx="6" />
      <circle class="knob" cx="244" cy="76" r="4" />
      <rect class="ring" x="216" y="46" width="44" height="42" rx="10" />
    </>
  );
}
