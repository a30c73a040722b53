import { useTranslation } from 'react-i18next';
import { NavLink, useParams } from 'react-router';
import { Page } from '../../components/Page';
import { Certificates } from './Certificates';
import { Consents } from './Consents';
import { ConsentTexts } from './ConsentTexts';
import { Erasures } from './Erasures';
import { Holds } from './Holds';
import { Requests } from './Requests';
import { Retention } from './Retention';
import './privacy.css';

const tabs = { requests: Requests, consents: Consents, texts: ConsentTexts, holds: Holds, erasures: Erasures, certificates: Certificates, retention: Retention };
type Tab = keyof typeof tabs;

/** Rights of persons: what they asked for, agreed to, and what is kept or gone. */
export default function PrivacyPage() {
  const { t } = useTranslation();
  const { tab } = useParams();
  const shown: Tab = tab && tab in tabs ? (tab as Tab) : 'requests';
  const Content = tabs[shown];
  return (
    <Page title={t('privacy.title')} hint={t(`privacy.hint_${shown}`)}>
      <nav className="privacy-tabs" aria-label={t('privacy.title')}>
        {(Object.keys(tabs) as Tab[]).map((key) => <NavLink key={key} to={`/privacy/${key}`} className={key === shown ? 'active' : ''}>{t(`privacy.tab_${key}`)}</NavLink>)}
      </nav>
      <Content key={shown} />
    </Page>
  );
}
