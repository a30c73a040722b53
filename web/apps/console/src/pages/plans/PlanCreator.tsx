import type { Items, PlanTemplateView, PlanView } from '@bole/api';
import { Drawer, Form, Input, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { api } from '../../api/client';
import { useGet, useSend } from '../../api/hooks';
import { useSession } from '../../app/session';
import { FamilySelect } from '../../components/FamilySelect';
import { JobPicker, OrgPicker } from '../../components/Pickers';
import { ErrorState, Loading } from '../../components/States';
import { usePair } from '../../lib/pair';
import { showAtFields } from '../../lib/problem';
import { TemplateCard } from './TemplateCard';
import './plans.css';

interface Values {
  name_zh: string;
  name_en?: string;
  org_id: string;
  job_id?: string;
}

export type Creation = { kind: 'new' } | { kind: 'copy' | 'derive'; source: PlanView };

/** A new plan from nothing or from a shipped template, a copy, or a plan that follows a standard; the editor opens next. */
export function PlanCreator({ creation, onClose }: { creation: Creation; onClose: () => void }) {
  const { t } = useTranslation();
  const { user } = useSession();
  const pair = usePair();
  const navigate = useNavigate();
  const [form] = Form.useForm<Values>();
  const [template, setTemplate] = useState<PlanTemplateView>();
  const source = creation.kind === 'new' ? undefined : creation.source;
  const create = useSend(
    (values: Values) => {
      const body = { org_id: values.org_id, name_zh: values.name_zh ?? '', name_en: values.name_en ?? '', job_id: values.job_id ?? null };
      if (source) return api.post<PlanView>(`/plans/${source.id}/${creation.kind}`, body);
      return api.post<PlanView>('/plans', template ? { ...body, template_key: template.key } : body);
    },
    { refresh: ['/plans'], onDone: (plan) => void navigate(`/plans/${plan.id}`), onProblem: (problem) => showAtFields(form, problem) },
  );
  const choose = (next: PlanTemplateView | undefined) => {
    setTemplate(next);
    if (next) form.setFieldsValue({ name_zh: next.name_zh, name_en: next.name_en });
  };
  const required = [{ required: true, message: t('common.required') }];
  const titles = { new: t('plans.add'), copy: t('plans.copy_title'), derive: t('plans.derive_title') };
  const buttons = { new: t('plans.create'), copy: t('plans.copy'), derive: t('plans.derive') };
  return (
    <Drawer open title={titles[creation.kind]} size={Math.min(creation.kind === 'new' ? 860 : 560, window.innerWidth)} onClose={onClose} footer={(
      <div className="row" style={{ justifyContent: 'flex-end', padding: '4px 0' }}>
        <Button onClick={onClose}>{t('common.cancel')}</Button>
        <Button type="primary" loading={create.isPending} onClick={() => form.submit()}>{buttons[creation.kind]}</Button>
      </div>
    )}>
      {creation.kind === 'derive' && <p className="quiet" style={{ marginBottom: 14 }}>{t('plans.derive_hint', { name: pair(source, 'name') })}</p>}
      {creation.kind === 'copy' && <p className="quiet" style={{ marginBottom: 14 }}>{t(source?.base ? 'plans.copy_hint_derived' : 'plans.copy_hint')}</p>}
      {creation.kind === 'new' && <Templates chosen={template} onChoose={choose} />}
      <Form<Values> form={form} layout="vertical" requiredMark={false} onFinish={(values) => create.mutate(values)}
        initialValues={creation.kind === 'copy' && source
          ? { org_id: user.org_id, name_zh: source.name_zh && t('plans.copy_of', { name: source.name_zh, lng: 'zh-CN' }), name_en: source.name_en && t('plans.copy_of', { name: source.name_en, lng: 'en-US' }) }
          : { org_id: user.org_id, name_zh: source?.name_zh, name_en: source?.name_en }}>
        <Form.Item name="name_zh" label={t('field.name_zh')} rules={required}><Input maxLength={100} lang="zh-CN" /></Form.Item>
        <Form.Item name="name_en" label={t('field.name_en')}><Input maxLength={100} lang="en" /></Form.Item>
        <Form.Item name="org_id" label={t('field.org')} rules={required}><OrgPicker /></Form.Item>
        <Form.Item name="job_id" label={t('field.job')} extra={source && t('plans.job_hint')}><JobPicker /></Form.Item>
      </Form>
    </Drawer>
  );
}

function Templates({ chosen, onChoose }: { chosen?: PlanTemplateView; onChoose: (template: PlanTemplateView | undefined) => void }) {
  const { t } = useTranslation();
  const [family, setFamily] = useState<string>();
  const templates = useGet<Items<PlanTemplateView>>('/plan-templates', undefined, { staleTime: 300_000 });
  const items = (templates.data?.items ?? []).filter((item) => !family || item.family === family);
  return (
    <section aria-labelledby="templates" style={{ marginBottom: 18 }}>
      <div className="row" style={{ justifyContent: 'space-between', marginBottom: 8 }}>
        <h2 id="templates" className="section-title">{t('plans.templates')}</h2>
        <FamilySelect filter value={family} onChange={setFamily} />
      </div>
      {templates.isPending ? <Loading rows={3} /> : templates.isError ? <ErrorState problem={templates.error} onRetry={() => void templates.refetch()} /> : (
        <div className="template-grid" role="radiogroup" aria-labelledby="templates">
          <button type="button" role="radio" aria-checked={!chosen} className={`template${chosen ? '' : ' on'}`} onClick={() => onChoose(undefined)}>
            <span className="cell-main">{t('plans.template_none')}</span>
            <span className="cell-sub">{t('plans.template_none_text')}</span>
          </button>
          {items.map((item) => <TemplateCard key={item.key} template={item} on={chosen?.key === item.key} onChoose={() => onChoose(item)} />)}
        </div>
      )}
    </section>
  );
}
