import { DownloadOutlined } from '@ant-design/icons';
import type { Query } from '@bole/api';
import { Button, type ButtonProps } from 'antd';
import { useDownload } from '../api/download';
import { useWithPurpose } from './Purpose';

/** `personal`: the file holds data of people, so that the purpose is asked for first. */
export function DownloadButton({ path, query, personal, ...props }: {
  path: string; query?: Query; personal?: boolean;
} & Omit<ButtonProps, 'onClick' | 'href'>) {
  const download = useDownload();
  const withPurpose = useWithPurpose();
  const start = () => download.mutate({ path, query });
  return <Button icon={<DownloadOutlined />} loading={download.isPending} onClick={() => (personal ? withPurpose(start) : start())} {...props} />;
}
