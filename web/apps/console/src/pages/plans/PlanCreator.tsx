import type { PlanView } from '@bole/api';
import { Form, Input, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { api } from '../../api/client';
import { useSend } from '../../api/hooks';
import { useSession } from '../../app/session';
import { JobPicker, OrgPicker } from '../../components/Pickers';
import { showAtFields } from '../../lib/problem';

interface Values {
  name_zh: string;
  name_en?: string;
  org_id: string;
  job_id?: string;
}

/** A new plan, or a copy of another; the editor opens next. */
export function PlanCreator({ source, onClose }: { source?: PlanView; onClose: () => void }) {
  const { t } = useTranslation();
  const { user } = useSession();
  const navigate = useNavigate();
  const [form] = Form.useForm<Values>();
  const create = useSend(
    ({ job_id, ...values }: Values) => {
      const names = { org_id: values.org_id, name_zh: values.name_zh ?? '', name_en: values.name_en ?? '' };
      return source ? api.post<PlanView>(`/plans/${source.id}/copy`, names) : api.post<PlanView>('/plans', { ...names, job_id: job_id ?? null });
    },
    { refresh: ['/plans'], onDone: (plan) => void navigate(`/plans/${plan.id}`), onProblem: (problem) => showAtFields(form, problem) },
  );
  const required = [{ required: true, message: t('common.required') }];
  return (
    <Modal open title={source ? t('plans.copy_title') : t('plans.add')} okText={source ? t('plans.copy') : t('plans.create')} confirmLoading={create.isPending}
      onOk={() => form.submit()} onCancel={onClose}>
      <Form<Values> form={form} layout="vertical" requiredMark={false} onFinish={(values) => create.mutate(values)}
        initialValues={source
          ? { org_id: user.org_id, name_zh: source.name_zh && t('plans.copy_of', { name: source.name_zh, lng: 'zh-CN' }), name_en: source.name_en && t('plans.copy_of', { name: source.name_en, lng: 'en-US' }) }
          : { org_id: user.org_id }}>
        <Form.Item name="name_zh" label={t('field.name_zh')} rules={required}><Input maxLength={100} lang="zh-CN" autoFocus /></Form.Item>
        <Form.Item name="name_en" label={t('field.name_en')}><Input maxLength={100} lang="en" /></Form.Item>
        <Form.Item name="org_id" label={t('field.org')} rules={required}><OrgPicker /></Form.Item>
        {!source && <Form.Item name="job_id" label={t('field.job')}><JobPicker /></Form.Item>}
      </Form>
    </Modal>
  );
}
