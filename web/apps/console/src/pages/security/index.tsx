import type { Items, RoleView, SecurityPolicy } from '@bole/api';
import { Alert, Button, Form, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { useGet, useSend } from '../../api/hooks';
import { useCan } from '../../app/session';
import { Page } from '../../components/Page';
import { ErrorState, Loading } from '../../components/States';
import { usePair } from '../../lib/pair';
import { showAtFields } from '../../lib/problem';
import { Encryption } from './Encryption';

/** What the security officer decides about signing in. */
export default function SecurityPage() {
  const { t } = useTranslation();
  const policy = useGet<SecurityPolicy>('/security/policy');
  return (
    <Page title={t('security.title')} hint={t('security.hint')}>
      <div className="stack" style={{ maxWidth: 860 }}>
        {policy.isPending ? <div className="panel"><Loading rows={8} /></div>
          : policy.isError ? <div className="panel"><ErrorState problem={policy.error} onRetry={() => void policy.refetch()} /></div>
            : <PolicyForm key={policy.data.version} policy={policy.data} />}
        <Encryption />
      </div>
    </Page>
  );
}

function PolicyForm({ policy }: { policy: SecurityPolicy }) {
  const { t } = useTranslation();
  const can = useCan();
  const pair = usePair();
  const [form] = Form.useForm<SecurityPolicy>();
  const roles = useGet<Items<RoleView>>('/roles', undefined, { staleTime: 600_000 });
  const readOnly = !can('security.write');
  const save = useSend((values: SecurityPolicy) => api.put<SecurityPolicy>('/security/policy', { ...values, version: policy.version }), {
    refresh: ['/security/policy'], done: t('common.saved'), onProblem: (problem) => showAtFields(form, problem),
  });
  const number = (name: Exclude<keyof SecurityPolicy, 'mfa_roles'>, min: number, max: number, unit: string, extra?: string) => (
    <Form.Item name={name} label={t(`security.${name}`)} extra={extra} rules={[{ required: true, message: t('common.required') }]}>
      <InputNumber min={min} max={max} precision={0} suffix={unit} style={{ width: '100%' }} />
    </Form.Item>
  );
  return (
    <Form<SecurityPolicy> form={form} layout="vertical" requiredMark={false} disabled={readOnly} initialValues={policy} onFinish={(values) => save.mutate(values)}>
      <div className="stack">
        {readOnly && <Alert type="info" showIcon title={t('security.read_only')} />}
        <section className="panel">
          <div className="panel-head"><h2>{t('security.passwords')}</h2></div>
          <div className="panel-body split-fields">
            {number('password_min_length', 8, 64, t('security.characters'))}
            {number('password_min_classes', 1, 4, t('security.classes'), t('security.classes_hint'))}
            {number('password_history', 0, 24, t('security.passwords_unit'))}
            {number('password_max_age_days', 0, 3650, t('security.days'), t('security.never'))}
          </div>
        </section>
        <section className="panel">
          <div className="panel-head"><h2>{t('security.locks')}</h2></div>
          <div className="panel-body split-fields">
            {number('lock_attempts', 3, 20, t('security.tries'))}
            {number('lock_minutes', 1, 1440, t('security.minutes'))}
          </div>
        </section>
        <section className="panel">
          <div className="panel-head"><h2>{t('security.sessions')}</h2></div>
          <div className="panel-body split-fields">
            {number('session_idle_minutes', 5, 1440, t('security.minutes'))}
            {number('session_hours', 1, 168, t('security.hours'))}
            {number('session_limit', 0, 100, t('security.sessions_unit'), t('security.session_limit_hint'))}
          </div>
        </section>
        <section className="panel">
          <div className="panel-head"><h2>{t('factor.title')}</h2></div>
          <div className="panel-body">
            <Form.Item name="mfa_roles" label={t('security.mfa_roles')} extra={t('security.mfa_hint')}>
              <Select mode="multiple" allowClear options={(roles.data?.items ?? []).map((role) => ({ value: role.key, label: pair(role, 'name') }))} showSearch={{ optionFilterProp: 'label' }} />
            </Form.Item>
          </div>
        </section>
        {!readOnly && <div><Button type="primary" htmlType="submit" loading={save.isPending}>{t('common.save')}</Button></div>}
      </div>
    </Form>
  );
}
