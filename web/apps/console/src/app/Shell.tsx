import { EyeOutlined, GlobalOutlined, LogoutOutlined, MenuOutlined, MoonOutlined, SunOutlined, UserOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { Button, Drawer, Dropdown, Tooltip } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { NavLink, Outlet, ScrollRestoration, useLocation, useNavigate, useNavigation } from 'react-router';
import { api } from '../api/client';
import { useSend } from '../api/hooks';
import { Brand } from '../components/Brand';
import { NamesProvider, useNames } from '../components/Names';
import { PurposeProvider, useChangePurpose, usePurposeText } from '../components/Purpose';
import { areaGroups } from './areas';
import { switchLocale } from './i18n';
import { sessionKey, useCan, useSession } from './session';
import { useThemeMode } from './theme';
import { ViewingBanner } from './ViewingBanner';

function Navigation() {
  const { t } = useTranslation();
  const can = useCan();
  const nav = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  // On a low screen the list scrolls: where one is stays in sight.
  useEffect(() => {
    nav.current?.querySelector('.active')?.scrollIntoView({ block: 'nearest' });
  }, [pathname]);
  return (
    <nav className="nav" ref={nav} aria-label={t('nav.label')}>
      {areaGroups.map((group) => {
        const areas = group.areas.filter((area) => area.needs.length === 0 || area.needs.some(can));
        if (areas.length === 0) return null;
        return (
          <div className="nav-group" key={group.label || 'top'}>
            {group.label && <div className="nav-title">{t(group.label)}</div>}
            {areas.map((area) => (
              <NavLink key={area.path} to={area.path} end={area.path === '/'} className="nav-link">
                <span className="nav-icon" aria-hidden>{area.icon}</span>
                {t(area.label)}
              </NavLink>
            ))}
          </div>
        );
      })}
    </nav>
  );
}

export function LanguageButton({ onInk }: { onInk?: boolean }) {
  const { t, i18n } = useTranslation();
  const english = i18n.language === 'en-US';
  return (
    <Tooltip title={t('nav.language')}>
      <Button type="text" className={onInk ? 'on-ink' : undefined} icon={<GlobalOutlined />} aria-label={t('nav.language')}
        onClick={() => void switchLocale(english ? 'zh-CN' : 'en-US')}>
        {english ? '中文' : 'EN'}
      </Button>
    </Tooltip>
  );
}

export function ThemeButton({ onInk }: { onInk?: boolean }) {
  const { t } = useTranslation();
  const { mode, toggle } = useThemeMode();
  const label = mode === 'dark' ? t('nav.theme_light') : t('nav.theme_dark');
  return (
    <Tooltip title={label}>
      <Button type="text" className={onInk ? 'on-ink' : undefined} aria-label={label} onClick={toggle}
        icon={mode === 'dark' ? <SunOutlined /> : <MoonOutlined />} />
    </Tooltip>
  );
}

function Account() {
  const { t } = useTranslation();
  const names = useNames();
  const { user } = useSession();
  const navigate = useNavigate();
  const client = useQueryClient();
  const purpose = usePurposeText();
  const changePurpose = useChangePurpose();
  const signOut = useSend(() => api.delete('/session'), {
    onDone: () => {
      // The session's own query stays, because the page watches it; everything else that was read is forgotten.
      client.setQueryData(sessionKey, null);
      client.removeQueries({ predicate: (query) => query.queryKey[0] !== sessionKey[0] });
    },
  });
  return (
    <div className="account">
      <Dropdown
        trigger={['click']}
        menu={{
          items: [
            { key: 'profile', icon: <UserOutlined />, label: t('nav.profile'), onClick: () => void navigate('/profile') },
            ...(purpose ? [{ key: 'purpose', icon: <EyeOutlined />, label: t('purpose.current', { purpose }), onClick: changePurpose }] : []),
            { type: 'divider' },
            { key: 'out', icon: <LogoutOutlined />, label: t('nav.sign_out'), onClick: () => signOut.mutate() },
          ],
        }}
      >
        <button type="button" className="account-button">
          <span className="avatar" aria-hidden>{user.name.slice(0, 1)}</span>
          <span className="account-text">
            <span className="account-name">{user.name}</span>
            <span className="account-org">{names.unit(user)}</span>
          </span>
        </button>
      </Dropdown>
      <div className="account-tools">
        <LanguageButton onInk />
        <ThemeButton onInk />
      </div>
    </div>
  );
}

export function Shell() {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const location = useLocation();
  const navigation = useNavigation();
  useEffect(() => setOpen(false), [location.pathname]);
  return (
    <PurposeProvider>
    <NamesProvider>
      <div className="shell">
        <a className="skip-link" href="#main">{t('nav.skip')}</a>
        <aside className="side">
          <Brand />
          <Navigation />
          <Account />
        </aside>
        <header className="top">
          <Button type="text" className="on-ink" icon={<MenuOutlined />} aria-label={t('nav.open_menu')} onClick={() => setOpen(true)} />
          <Brand />
        </header>
        <Drawer placement="left" open={open} onClose={() => setOpen(false)} size={272} closable={false} className="side-drawer"
          styles={{ body: { padding: 0 } }} aria-label={t('nav.label')}>
          <div className="side in-drawer">
            <Brand />
            <Navigation />
            <Account />
          </div>
        </Drawer>
        <main id="main" className="main" tabIndex={-1}>
          <ViewingBanner />
          {navigation.state === 'loading' && <div className="page-loading" role="status" aria-label={t('common.loading')} />}
          <Outlet />
        </main>
        <ScrollRestoration />
      </div>
    </NamesProvider>
    </PurposeProvider>
  );
}
