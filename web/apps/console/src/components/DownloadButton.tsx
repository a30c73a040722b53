import { DownloadOutlined } from '@ant-design/icons';
import type { Query } from '@bole/api';
import { Button, type ButtonProps } from 'antd';
import { useDownload } from '../api/download';

export function DownloadButton({ path, query, ...props }: { path: string; query?: Query } & Omit<ButtonProps, 'onClick' | 'href'>) {
  const download = useDownload();
  return <Button icon={<DownloadOutlined />} loading={download.isPending} onClick={() => download.mutate({ path, query })} {...props} />;
}
