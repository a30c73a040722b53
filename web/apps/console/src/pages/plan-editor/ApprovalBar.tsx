import type { Items, PlanApprovalView, PlanView } from '@bole/api';
import { Alert, Button, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { useGet, useSend } from '../../api/hooks';
import { useCan } from '../../app/session';
import { useFormat } from '../../lib/format';

type Act = 'submit' | 'approve' | 'reject' | 'withdraw';

/** Where the plan stands between its author and the person who approves it. */
export function ApprovalBar({ plan, dirty, onPlan }: { plan: PlanView; dirty: boolean; onPlan: (plan: PlanView) => void }) {
  const { t } = useTranslation();
  const can = useCan();
  const format = useFormat();
  const [asking, setAsking] = useState<Act | null>(null);
  const [comment, setComment] = useState('');
  const history = useGet<Items<PlanApprovalView>>(`/plans/${plan.id}/approvals`);
  const send = useSend(
    (act: Act) => api.post<PlanView>(`/plans/${plan.id}/${act}`, act === 'withdraw' ? { version: plan.version } : { version: plan.version, comment }),
    {
      refresh: ['/plans'],
      onDone: (next) => {
        setAsking(null);
        setComment('');
        onPlan(next);
      },
    },
  );
  const items = history.data?.items ?? [];
  const latest = items[0];
  const submitted = plan.approval === 'submitted' && latest?.state === 'submitted';
  if (!submitted && plan.approval !== 'needed' && items.length === 0) return null;
  const waits = plan.has_draft || plan.status === 'draft';
  const buttons = submitted ? (
    <span className="row">
      {can('plan.approve') && !latest.mine && <Button size="small" onClick={() => setAsking('reject')}>{t('approval.reject')}</Button>}
      {can('plan.approve') && !latest.mine && <Button size="small" type="primary" onClick={() => setAsking('approve')}>{t('approval.approve')}</Button>}
      {can('plan.write') && latest.mine && <Button size="small" loading={send.isPending} onClick={() => send.mutate('withdraw')}>{t('approval.withdraw')}</Button>}
    </span>
  ) : plan.approval === 'needed' && waits && can('plan.write') && <Button size="small" type="primary" disabled={dirty} onClick={() => setAsking('submit')}>{t('approval.submit')}</Button>;
  const title = submitted ? t('approval.waits', { name: latest.requested_by_name, when: format.ago(latest.requested_at) })
    : plan.approval === 'needed' && waits ? t('approval.needed') : t('approval.history');
  const titles = { submit: t('approval.submit'), approve: t('approval.approve'), reject: t('approval.reject'), withdraw: t('approval.withdraw') };
  return (
    <>
      <Alert type={submitted ? 'warning' : 'info'} showIcon title={title} action={buttons} description={items.length > 0 && (
        <ol className="approval-history">
          {items.map((item) => (
            <li key={item.id}>
              <span>{t(`approval_state.${item.state}`)} · {t('plans.revision', { revision: item.revision })}</span>
              <span className="quiet">{item.requested_by_name} {format.dateTime(item.requested_at)}{item.comment && ` · ${item.comment}`}</span>
              {item.decided_at && <span className="quiet">{item.decided_by_name} {format.dateTime(item.decided_at)}{item.decision_comment && ` · ${item.decision_comment}`}</span>}
            </li>
          ))}
        </ol>
      )} />
      <Modal open={asking !== null} title={asking && titles[asking]} okText={asking && titles[asking]} confirmLoading={send.isPending} onCancel={() => setAsking(null)}
        okButtonProps={{ disabled: asking === 'reject' && !comment.trim() }} onOk={() => asking && send.mutate(asking)}>
        <Input.TextArea autoFocus rows={3} maxLength={1000} value={comment} onChange={(event) => setComment(event.target.value)} aria-label={t('approval.comment')}
          placeholder={asking === 'reject' ? t('approval.comment_reject') : t('approval.comment')} />
      </Modal>
    </>
  );
}
