import type { Items, PlanPolicyView } from '@bole/api';
import { Button, Form, Modal, Switch } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { useGet, useSend } from '../../api/hooks';
import { useSession } from '../../app/session';
import { useNames } from '../../components/Names';
import { OrgPicker } from '../../components/Pickers';
import { EmptyState, ErrorState, Loading } from '../../components/States';
import './plans.css';

/** What a unit demands of the plans in its subtree. */
export function Policies({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const names = useNames();
  const { user } = useSession();
  const [org, setOrg] = useState<string | undefined>(user.org_id);
  const policies = useGet<Items<PlanPolicyView>>('/plan-policies');
  const items = policies.data?.items ?? [];
  const put = useSend(
    (input: { org_id: string; needs_approval: boolean; derived_only: boolean }) => {
      const { org_id, ...demands } = input;
      const version = items.find((item) => item.org_id === org_id)?.version ?? 0;
      return api.put<PlanPolicyView>(`/plan-policies/${org_id}`, { version, ...demands });
    },
    { done: t('plans.policy_saved'), refresh: ['/plan-policies', '/plans'] },
  );
  return (
    <Modal open title={t('plans.policies')} footer={null} onCancel={onClose} width={620}>
      <p className="quiet" style={{ marginBottom: 12 }}>{t('plans.policies_hint')}</p>
      {policies.isPending ? <Loading rows={3} /> : policies.isError ? <ErrorState problem={policies.error} onRetry={() => void policies.refetch()} />
        : items.length === 0 ? <EmptyState title={t('plans.policies_none')} text={t('plans.policies_none_text')} /> : (
          <ul className="policy-list">
            {items.map((item) => (
              <li key={item.org_id}>
                <span className="cell-main">{names.unit(item)}</span>
                <span className="row">
                  <label className="row"><Switch size="small" checked={item.needs_approval} disabled={item.needs_approval && !item.may_drop_approval} loading={put.isPending} onChange={(needs_approval) => put.mutate({ ...pick(item), needs_approval })} />{t('plans.policy_approval')}</label>
                  <label className="row"><Switch size="small" checked={item.derived_only} disabled={item.derived_only && !item.may_drop_derived} loading={put.isPending} onChange={(derived_only) => put.mutate({ ...pick(item), derived_only })} />{t('plans.policy_derived')}</label>
                </span>
                {fromAbove(item).map((unit) => <span key={unit} className="cell-sub">{t('plans.policy_from_above', { unit })}</span>)}
              </li>
            ))}
          </ul>
        )}
      <Form layout="vertical">
        <Form.Item label={t('plans.policy_add')} style={{ marginBottom: 8 }}><OrgPicker value={org} onChange={setOrg} /></Form.Item>
        <Button disabled={!org || items.some((item) => item.org_id === org)} loading={put.isPending} onClick={() => org && put.mutate({ org_id: org, needs_approval: true, derived_only: false })}>{t('plans.policy_demand')}</Button>
      </Form>
    </Modal>
  );
}

/** The units whose demand the reader cannot drop here. */
const fromAbove = (item: PlanPolicyView) => [...new Set([
  ...(item.needs_approval && !item.may_drop_approval ? [item.approval_set_at_name ?? ''] : []),
  ...(item.derived_only && !item.may_drop_derived ? [item.derived_set_at_name ?? ''] : []),
])];

const pick = (item: PlanPolicyView) => ({ org_id: item.org_id, needs_approval: item.needs_approval, derived_only: item.derived_only });
