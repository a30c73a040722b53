import { useState } from 'preact/hooks';
import { useI18n } from '../i18n';
import { DetectBrowser, type Lack } from '../media/browser';
import { Button, Notice } from '../ui/parts';
import { HelpPicture } from './help_picture';

/** This browser cannot record: says so before anything else is asked, and how to go on. */
export function UnsupportedNotice({ lack }: { lack: Lack }) {
  const { t } = useI18n();
  const browser = DetectBrowser();
  const inside_app = browser === 'wechat' || browser === 'dingtalk';
  return (
    <Notice tone="warn">
      <h2>{t('unsupported.title')}</h2>
      <p>{lack === 'insecure' ? t('unsupported.insecure') : inside_app ? t(`help.${browser}.open_outside`) : t('unsupported.text')}</p>
      {inside_app && <HelpPicture browser={browser} />}
      <p>{t('unsupported.browsers')}</p>
      <CopyLink />
    </Notice>
  );
}

export function CopyLink() {
  const { t } = useI18n();
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(location.href);
      setCopied(true);
    } catch {
      // No clipboard here: mark the text, so that the person can copy it by hand.
      const range = document.createRange();
      const node = document.getElementById('link-text');
      if (node) {
        range.selectNodeContents(node);
        getSelection()?.removeAllRanges();
        getSelection()?.addRange(range);
      }
    }
  };
  return (
    <div class="copy-link">
      <code id="link-text">{location.href}</code>
      <Button onClick={copy}>{copied ? t('unsupported.copied') : t('unsupported.copy')}</Button>
    </div>
  );
}
