import { DownloadOutlined } from '@ant-design/icons';
import type { Query } from '@bole/api';
import { Button, Dropdown } from 'antd';
import { useTranslation } from 'react-i18next';
import { useDownload } from '../api/download';
import { useWithPurpose } from './Purpose';

/** The list as Excel or CSV. `personal`: the file holds data of people, so that the purpose is asked for first. */
export function ExportButton({ path, query, personal }: { path: string; query?: Query; personal?: boolean }) {
  const { t } = useTranslation();
  const download = useDownload();
  const withPurpose = useWithPurpose();
  const start = (format: string) => {
    const run = () => download.mutate({ path, query: { ...query, format } });
    if (personal) withPurpose(run);
    else run();
  };
  return (
    <Dropdown trigger={['click']} menu={{ items: [{ key: 'xlsx', label: t('export.xlsx') }, { key: 'csv', label: t('export.csv') }], onClick: ({ key }) => start(key) }}>
      <Button icon={<DownloadOutlined />} loading={download.isPending}>{t('export.button')}</Button>
    </Dropdown>
  );
}
