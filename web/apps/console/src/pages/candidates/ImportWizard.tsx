import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { currentLocale } from '../../app/i18n';
import { ImportDrawer } from '../../components/ImportDrawer';

export function ImportWizard({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <ImportDrawer
      title={t('candidates.import_title')}
      path="/candidates/import"
      templateUrl={api.url('/candidates/import-template.xlsx', { locale: currentLocale() })}
      templateLabel={t('import.template')}
      resultPath={(id) => `/candidates/imports/${id}`}
      errorsUrl={(id) => api.url(`/candidates/imports/${id}/errors.xlsx`)}
      refreshPath="/candidates"
      onClose={onClose}
    />
  );
}
