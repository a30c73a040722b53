import { ImportOutlined } from '@ant-design/icons';
import type { Query } from '@bole/api';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCan } from '../../app/session';
import { ExportButton } from '../ExportButton';
import { ImportDrawer } from './ImportDrawer';

/** A library or list as a table, out and, with the permission to change it, in again. `query`, `personal`: as of the export. */
export function TableButtons({ target, path, permission, query, personal }: {
  target: string; path: string; permission: string; query?: Query; personal?: boolean;
}) {
  const { t } = useTranslation();
  const can = useCan();
  const [importing, setImporting] = useState(false);
  return (
    <>
      <ExportButton path={`${path}/export`} query={query} personal={personal} />
      {can(permission) && <Button icon={<ImportOutlined />} onClick={() => setImporting(true)}>{t('import.button')}</Button>}
      {importing && <ImportDrawer target={target} refreshPath={path} onClose={() => setImporting(false)} />}
    </>
  );
}
