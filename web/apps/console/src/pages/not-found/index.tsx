import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Page } from '../../components/Page';

export default function NotFoundPage() {
  const { t } = useTranslation();
  return <Page title={t('not_found.title')} hint={t('not_found.text')}><Link to="/">{t('not_found.home')}</Link></Page>;
}
