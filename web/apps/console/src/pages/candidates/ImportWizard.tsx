import { useTranslation } from 'react-i18next';
import { ImportDrawer } from '../../components/ImportDrawer';

export function ImportWizard({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <ImportDrawer
      title={t('candidates.import_title')}
      path="/candidates/import"
      templatePath="/candidates/import-template.xlsx"
      templateLabel={t('import.template')}
      resultPath={(id) => `/candidates/imports/${id}`}
      errorsPath={(id) => `/candidates/imports/${id}/errors.xlsx`}
      refreshPath="/candidates"
      onClose={onClose}
    />
  );
}
