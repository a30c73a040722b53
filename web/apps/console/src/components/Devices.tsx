import type { DeviceView, Items } from '@bole/api';
import { Button, Popconfirm } from 'antd';
import { useTranslation } from 'react-i18next';
import { api } from '../api/client';
import { useGet, useSend } from '../api/hooks';
import { useFormat } from '../lib/format';
import { ErrorState, Loading } from './States';

/** "Chrome · Windows" of a long browser name. */
function shortAgent(agent: string): string {
  const browser = /MicroMessenger|DingTalk|Edg|Firefox|Chrome|Safari/.exec(agent)?.[0]?.replace('Edg', 'Edge').replace('MicroMessenger', 'WeChat');
  const system = /Windows|Android|iPhone|iPad|Mac OS X|Linux/.exec(agent)?.[0]?.replace('Mac OS X', 'macOS');
  return [browser, system].filter(Boolean).join(' · ') || agent.slice(0, 60) || '–';
}

/** Where a person is signed in: one's own devices, or those of an account that one manages. */
export function Devices({ path, all }: { path: string; all: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const devices = useGet<Items<DeviceView>>(path);
  const end = useSend((id: string) => api.delete(id === 'all' ? all : `${path}/${id}`), { refresh: [path], done: t('devices.ended') });
  if (devices.isPending) return <Loading rows={2} />;
  if (devices.isError) return <ErrorState problem={devices.error} onRetry={() => void devices.refetch()} />;
  const { items } = devices.data;
  return (
    <>
      <ul className="line-list">
        {items.map((device) => (
          <li key={device.id}>
            <span title={device.user_agent}>
              <span className="cell-main">{shortAgent(device.user_agent)}{device.current ? ` · ${t('devices.this')}` : ''}</span>
              <span className="cell-sub">{device.address || '–'} · {t('devices.since', { time: format.dateTime(device.created_at) })} · {t('devices.seen', { time: format.ago(device.last_seen_at) })}</span>
            </span>
            {!device.current && <Button size="small" onClick={() => end.mutate(device.id)}>{t('devices.end')}</Button>}
          </li>
        ))}
        {items.length === 0 && <li className="quiet">{t('devices.none')}</li>}
      </ul>
      {items.some((device) => !device.current) && (
        <Popconfirm title={t('devices.end_all_sure')} okText={t('devices.end_all')} onConfirm={() => end.mutate('all')}>
          <Button size="small" danger>{t('devices.end_all')}</Button>
        </Popconfirm>
      )}
    </>
  );
}
