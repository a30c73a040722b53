import { InboxOutlined, LockOutlined, ReloadOutlined, WarningOutlined } from '@ant-design/icons';
import { ApiProblem } from '@bole/api';
import { Button, Skeleton, Spin } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { problemText } from '../lib/problem';

export function Loading({ full, rows = 6 }: { full?: boolean; rows?: number }) {
  const { t } = useTranslation();
  return (
    <div className={full ? 'state state-full' : 'state-skeleton'} role="status" aria-label={t('common.loading')}>
      {full ? <Spin size="large" /> : <Skeleton active title={false} paragraph={{ rows }} />}
    </div>
  );
}

export function ErrorState({ problem, onRetry }: { problem: unknown; onRetry?: () => void }) {
  const { t } = useTranslation();
  if (problem instanceof ApiProblem && problem.status === 403) return <ForbiddenState />;
  const text = problemText(problem, t);
  return (
    <div className="state" role="alert">
      <WarningOutlined className="state-icon warn" aria-hidden />
      <h2>{text.title}</h2>
      {text.detail && <p>{text.detail}</p>}
      {problem instanceof ApiProblem && problem.requestId && <p className="mono">{t('error.request_id', { id: problem.requestId })}</p>}
      {onRetry && <Button icon={<ReloadOutlined />} onClick={onRetry}>{t('common.retry')}</Button>}
    </div>
  );
}

export function ForbiddenState() {
  const { t } = useTranslation();
  return (
    <div className="state" role="alert">
      <LockOutlined className="state-icon" aria-hidden />
      <h2>{t('error.forbidden')}</h2>
      <p>{t('error.forbidden_detail')}</p>
    </div>
  );
}

/** An empty page teaches: what belongs here, and the next step. */
export function EmptyState({ title, text, action, icon }: { title: string; text?: string; action?: ReactNode; icon?: ReactNode }) {
  return (
    <div className="state">
      <span className="state-icon" aria-hidden>{icon ?? <InboxOutlined />}</span>
      <h2>{title}</h2>
      {text && <p>{text}</p>}
      {action}
    </div>
  );
}
