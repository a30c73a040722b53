import type { EnvironmentView } from '@bole/api';
import { Descriptions } from 'antd';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../lib/format';

export function Environment({ environment }: { environment: EnvironmentView }) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const decibels = (value?: number) => (value === undefined ? '–' : `${format.one(value)} dB`);
  const advice = environment.advice ?? [];
  const yes = (ok?: boolean) => (ok ? t('report.env_ok') : t('report.env_bad'));
  return (
    <section className="panel" aria-labelledby="environment">
      <div className="panel-head"><h2 id="environment">{t('report.environment')}</h2><span className="quiet">{t('report.environment_hint')}</span></div>
      <div className="panel-body">
        <Descriptions size="small" column={{ xs: 1, sm: 2, lg: 3 }} items={[
          { key: 'camera', label: t('report.env_camera'), children: `${yes(environment.camera_ok)}${environment.width ? ` · ${environment.width}×${environment.height}` : ''}` },
          { key: 'mic', label: t('report.env_microphone'), children: yes(environment.microphone_ok) },
          { key: 'level', label: t('report.env_level'), children: decibels(environment.level_db) },
          { key: 'noise', label: t('report.env_noise'), children: decibels(environment.noise_db) },
          { key: 'upload', label: t('report.env_upload'), children: `${format.whole(Math.round(environment.upload_kbps ?? 0))} kbit/s` },
          { key: 'faces', label: t('report.env_faces'), children: format.whole(environment.faces ?? 0) },
          { key: 'recorder', label: t('report.env_recorder'), children: environment.recorder_type || '–' },
          ...(advice.length > 0 ? [{ key: 'advice', label: t('report.env_advice'), children: advice.map((code) => (i18n.exists(`advice.${code}`) ? t(`advice.${code}`) : code)).join(t('common.list_comma')) }] : []),
        ]} />
        <p className="mono" style={{ overflowWrap: 'anywhere', marginTop: 6 }}>{environment.user_agent}</p>
      </div>
    </section>
  );
}
