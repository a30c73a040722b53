import type { ImportView } from '@bole/api';
import { Form } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { currentLocale } from '../../app/i18n';
import { useSession } from '../../app/session';
import { ImportDrawer } from '../../components/ImportDrawer';
import { OrgPicker } from '../../components/Pickers';

export function ImportWizard({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { user } = useSession();
  const [orgId, setOrgId] = useState(user.org_id);
  return (
    <ImportDrawer
      title={t('candidates.import_title')}
      templateUrl={api.url('/candidates/import-template.xlsx', { locale: currentLocale() })}
      send={(file, dryRun, mode) => api.upload<ImportView>('/candidates/import', file, { org_id: orgId, dry_run: dryRun, mode })}
      resultPath={(id) => `/candidates/imports/${id}`}
      errorsUrl={(id) => api.url(`/candidates/imports/${id}/errors.xlsx`)}
      refreshPath="/candidates"
      options={(
        <Form.Item label={t('candidates.import_org')} extra={t('candidates.import_org_hint')} style={{ marginBottom: 0 }} layout="vertical">
          <OrgPicker value={orgId} onChange={(value) => setOrgId(value ?? user.org_id)} />
        </Form.Item>
      )}
      onClose={onClose}
    />
  );
}
