import { ImportOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCan } from '../../app/session';
import { ExportButton } from '../ExportButton';
import { ImportDrawer } from './ImportDrawer';

/** A whole library as a table, out and, with the permission to change it, in again. */
export function TableButtons({ target, path, permission }: { target: string; path: string; permission: string }) {
  const { t } = useTranslation();
  const can = useCan();
  const [importing, setImporting] = useState(false);
  return (
    <>
      <ExportButton path={`${path}/export`} />
      {can(permission) && <Button icon={<ImportOutlined />} onClick={() => setImporting(true)}>{t('import.button')}</Button>}
      {importing && <ImportDrawer target={target} refreshPath={path} onClose={() => setImporting(false)} />}
    </>
  );
}
