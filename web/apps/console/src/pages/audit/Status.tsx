import type { AuditStatus } from '@bole/api';
import { useTranslation } from 'react-i18next';
import { useGet } from '../../api/hooks';
import { useFormat } from '../../lib/format';

const kEvery = 5000;

/** How far the log is; read again every few seconds. */
export function Status() {
  const { t } = useTranslation();
  const format = useFormat();
  const { data } = useGet<AuditStatus>('/audit', undefined, { refetchInterval: kEvery });
  if (!data) return null;
  const anchors = [data.anchored_to_file && t('audit.anchor_file'), data.anchored_to_url && t('audit.anchor_url')].filter(Boolean);
  const entries: [string, string][] = [
    [t('audit.size'), format.whole(data.size)],
    [t('audit.waiting'), format.whole(data.waiting)],
    [t('audit.newest_head'), data.head ? format.dateTime(data.head.at) : '–'],
    [t('audit.suite'), data.suite === 'sm2-sm3' ? 'SM2 · SM3' : 'Ed25519 · SHA-256'],
    [t('audit.anchored'), anchors.length > 0 ? anchors.join(', ') : t('audit.anchor_none')],
  ];
  return <dl className="audit-status">{entries.map(([label, value]) => <div key={label}><dt>{label}</dt><dd>{value}</dd></div>)}</dl>;
}
