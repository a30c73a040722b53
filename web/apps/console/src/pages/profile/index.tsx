import type { ProtectionView, SessionView } from '@bole/api';
import { useQueryClient } from '@tanstack/react-query';
import { Descriptions, Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { useGet, useSend } from '../../api/hooks';
import { currentLocale, switchLocale } from '../../app/i18n';
import { sessionKey, useSession } from '../../app/session';
import { useThemeMode } from '../../app/theme';
import { Devices } from '../../components/Devices';
import { useNames } from '../../components/Names';
import { Page } from '../../components/Page';
import { usePair } from '../../lib/pair';
import { FactorSection } from './FactorSection';
import { PasswordSection } from './PasswordSection';
import { TokenSection } from './TokenSection';

export default function ProfilePage() {
  const { t } = useTranslation();
  const names = useNames();
  const pair = usePair();
  const { user, roles, viewer } = useSession();
  const client = useQueryClient();
  const { mode, toggle } = useThemeMode();
  // Who looks as another person sees neither that person's devices nor tokens.
  const own = !viewer;
  const protection = useGet<ProtectionView>(own ? '/session/protection' : null);
  const language = useSend((locale: 'zh-CN' | 'en-US') => api.patch<SessionView>('/session', { locale }), {
    onDone: (session) => client.setQueryData(sessionKey, session),
  });
  return (
    <Page title={t('profile.title')}>
      <div className="stack" style={{ maxWidth: 720 }}>
        <section className="panel panel-body">
          <Descriptions column={1} size="small" items={[
            { key: 'n', label: t('profile.name'), children: `${user.name} (${user.user_name})` },
            { key: 'o', label: t('profile.org'), children: names.unit(user) },
            { key: 'r', label: t('profile.roles'), children: roles.map((role) => `${pair(role, 'name')} · ${names.unit(role)}`).join('; ') || '–' },
            { key: 'z', label: t('profile.zone'), children: user.zone },
          ]} />
        </section>
        <section className="panel">
          <div className="panel-head"><h2>{t('profile.appearance')}</h2></div>
          <div className="panel-body row" style={{ gap: 24 }}>
            <Segmented aria-label={t('nav.language')} value={currentLocale()}
              options={[{ value: 'zh-CN', label: '中文' }, { value: 'en-US', label: 'English' }]}
              onChange={(value) => { void switchLocale(value as 'zh-CN' | 'en-US'); if (own) language.mutate(value as 'zh-CN' | 'en-US'); }} />
            <Segmented aria-label={t('profile.theme')} value={mode}
              options={[{ value: 'light', label: t('nav.theme_light') }, { value: 'dark', label: t('nav.theme_dark') }]}
              onChange={(value) => { if (value !== mode) toggle(); }} />
          </div>
        </section>
        {own && (
          <>
            {protection.data && <FactorSection protection={protection.data} />}
            <PasswordSection rule={protection.data?.password_rule} />
            <section className="panel">
              <div className="panel-head"><h2>{t('devices.title')}</h2></div>
              <div className="panel-body"><Devices path="/session/devices" all="/session/devices" /></div>
            </section>
            <TokenSection />
          </>
        )}
      </div>
    </Page>
  );
}
