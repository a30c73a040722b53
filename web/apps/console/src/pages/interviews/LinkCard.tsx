import { CopyOutlined } from '@ant-design/icons';
import type { InterviewLink } from '@bole/api';
import { App, Button, Input } from 'antd';
import { useTranslation } from 'react-i18next';

/** The candidate's link, to copy or to scan. The QR drawing is shown as an image, so nothing in it can run. */
export function LinkCard({ link, name }: { link: InterviewLink; name: string }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(link.url);
      void message.success(t('common.copied'));
    } catch {
      // Without https the browser keeps the clipboard to itself; the address is selected instead.
      (document.getElementById('interview-link') as HTMLInputElement | null)?.select();
    }
  };
  return (
    <div className="link-card">
      <img src={`data:image/svg+xml;charset=utf-8,${encodeURIComponent(link.qr_svg)}`} alt={t('interviews.qr', { name })} width={116} height={116} />
      <div className="link-words">
        <span>{t('interviews.link_hint')}</span>
        <div className="row" style={{ flexWrap: 'nowrap' }}>
          <Input id="interview-link" readOnly value={link.url} aria-label={t('interviews.link')} onFocus={(event) => event.target.select()} />
          <Button icon={<CopyOutlined />} onClick={() => void copy()}>{t('interviews.copy')}</Button>
        </div>
      </div>
    </div>
  );
}
