import { EyeOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { api } from '../api/client';
import { useSend } from '../api/hooks';
import { useSession } from './session';

/** Always in sight while somebody looks as another person. */
export function ViewingBanner() {
  const { t } = useTranslation();
  const { user, viewer } = useSession();
  const client = useQueryClient();
  const navigate = useNavigate();
  const end = useSend(() => api.delete('/session/view-as'), {
    onDone: () => {
      void navigate('/settings/users');
      void client.resetQueries();
    },
  });
  if (!viewer) return null;
  return (
    <div className="viewing-banner" role="status">
      <EyeOutlined aria-hidden />
      <span>{t('viewing.text', { viewer, name: `${user.name} (${user.user_name})` })}</span>
      <Button size="small" loading={end.isPending} onClick={() => end.mutate()}>{t('viewing.end')}</Button>
    </div>
  );
}
