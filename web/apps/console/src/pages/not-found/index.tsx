import { CompassOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { EmptyState } from '../../components/States';

export default function NotFoundPage() {
  const { t } = useTranslation();
  return <EmptyState icon={<CompassOutlined />} title={t('not_found.title')} text={t('not_found.text')} action={<Link to="/">{t('not_found.home')}</Link>} />;
}
