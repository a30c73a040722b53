import { useI18n } from '../i18n';
import { DetectBrowser } from '../media/browser';
import type { CameraFault } from '../media/camera';
import { Button, Notice } from '../ui/parts';
import { HelpPicture } from './help_picture';
import { CopyLink } from './unsupported';

/** Camera or microphone did not start: what happened, what to tap in this very browser, try again. */
export function CameraHelp({ fault, busy, onRetry }: { fault: CameraFault; busy?: boolean; onRetry: () => void }) {
  const { t } = useI18n();
  const browser = DetectBrowser();
  return (
    <Notice tone="bad" live>
      <h2>{t(`fault.${fault}`)}</h2>
      {fault === 'refused' ? (
        <>
          <HelpPicture browser={browser} />
          <ol>
            <li>{t(`help.${browser}.first`)}</li>
            <li>{t(`help.${browser}.second`)}</li>
            <li>{t('help.then_retry')}</li>
          </ol>
        </>
      ) : (
        <p>{t(`fault.${fault}_advice`)}</p>
      )}
      <Button kind="primary" busy={busy} onClick={onRetry}>{t('common.retry')}</Button>
      <details>
        <summary>{t('help.other_device')}</summary>
        <p>{t('help.other_device_text')}</p>
        <CopyLink />
      </details>
    </Notice>
  );
}
