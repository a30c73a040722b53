import type { Items, TokenView } from '@bole/api';
import { Button, Popconfirm } from 'antd';
import { useTranslation } from 'react-i18next';
import { api } from '../api/client';
import { useGet, useSend } from '../api/hooks';
import { useFormat } from '../lib/format';
import { ErrorState, Loading } from './States';

/** API tokens, to be ended: one's own, or those of an account that one manages. */
export function TokenList({ path }: { path: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const tokens = useGet<Items<TokenView>>(path);
  const revoke = useSend((id: string) => api.delete(`${path}/${id}`), { refresh: [path], done: t('tokens.revoked') });
  if (tokens.isPending) return <Loading rows={2} />;
  if (tokens.isError) return <ErrorState problem={tokens.error} onRetry={() => void tokens.refetch()} />;
  return (
    <ul className="line-list">
      {tokens.data.items.map((token) => (
        <li key={token.id}>
          <span>
            <span className="cell-main">{token.name} <code className="mono">{token.prefix}…</code></span>
            <span className="cell-sub">
              {t('tokens.facts', { count: token.permissions.length, until: format.date(token.expires_at), used: token.last_used_at ? format.ago(token.last_used_at) : t('tokens.never') })}
            </span>
          </span>
          <Popconfirm title={t('tokens.revoke_sure')} okText={t('tokens.revoke')} onConfirm={() => revoke.mutate(token.id)}>
            <Button size="small" danger>{t('tokens.revoke')}</Button>
          </Popconfirm>
        </li>
      ))}
      {tokens.data.items.length === 0 && <li className="quiet">{t('tokens.none')}</li>}
    </ul>
  );
}
