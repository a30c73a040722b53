import { CopyOutlined, DeleteOutlined } from '@ant-design/icons';
import type { CreateRole, HolderView, Items, PermissionReach, RoleView } from '@bole/api';
import { Alert, Button, Form, Input, Popconfirm, Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { useGet, useSend } from '../../api/hooks';
import { useCan } from '../../app/session';
import { EditorDrawer } from '../../components/EditorDrawer';
import { useEnumOptions } from '../../components/Filters';
import { useNames } from '../../components/Names';
import { PermissionPicker } from '../../components/PermissionPicker';
import { ErrorState, Loading } from '../../components/States';
import { enums } from '../../lib/enums';
import { pairText, usePair } from '../../lib/pair';
import { showAtFields } from '../../lib/problem';
import { reachesOf } from '../../lib/reach';
import { GrantDays } from '../users/Grants';

type Values = Pick<CreateRole, 'name_zh' | 'name_en' | 'permissions' | 'fields'>;

interface Props {
  role?: RoleView;
  roles: RoleView[];
  onClose: () => void;
  /** Opens another role in place of this one (a fresh copy). */
  onOpen: (role: RoleView) => void;
}

/** One role: shipped ones can be read and copied, own ones changed and, when nobody holds them, deleted. */
export function RoleEditor({ role, roles, onClose, onOpen }: Props) {
  const { t } = useTranslation();
  const can = useCan();
  const pair = usePair();
  const [form] = Form.useForm<Values>();
  const levels = useEnumOptions('field_level');
  const [reaches, setReaches] = useState<PermissionReach[]>(role?.reaches ?? []);
  const mayWrite = can('security.write');
  const readOnly = !mayWrite || Boolean(role?.shipped);
  const save = useSend(
    (values: Values) => {
      const body = { ...values, reaches: reachesOf(reaches, values.permissions) };
      return role
        ? api.patch<RoleView>(`/roles/${role.key}`, { ...body, version: role.version })
        : api.post<RoleView>('/roles', { ...body, name_en: values.name_en ?? '' });
    },
    { refresh: ['/roles'], done: t('common.saved'), onDone: onClose, onProblem: (problem) => showAtFields(form, problem) },
  );
  const copyName = (locale: string) => {
    const base = t('roles.copy_of', { name: pairText(locale, role, 'name'), lng: locale });
    return roles.some((other) => other.name_zh === base) ? `${base} ${roles.length}` : base;
  };
  const copy = useSend(
    () => api.post<RoleView>('/roles', { name_zh: copyName('zh-CN'), name_en: copyName('en-US'), permissions: role!.permissions, reaches: role!.reaches, fields: role!.fields, copied_from: role!.key }),
    { refresh: ['/roles'], done: t('roles.copied'), onDone: onOpen },
  );
  const remove = useSend(() => api.delete(`/roles/${role!.key}`), { refresh: ['/roles'], done: t('roles.deleted'), onDone: onClose });
  const extra = role && mayWrite && (
    <div className="row">
      <Button icon={<CopyOutlined />} loading={copy.isPending} onClick={() => copy.mutate()}>{t('roles.copy')}</Button>
      {!role.shipped && role.holders === 0 && (
        <Popconfirm title={t('roles.delete_sure')} okText={t('common.delete')} onConfirm={() => remove.mutate()}>
          <Button danger icon={<DeleteOutlined />} aria-label={t('common.delete')} />
        </Popconfirm>
      )}
    </div>
  );
  return (
    <EditorDrawer open size={820} title={role ? pair(role, 'name') : t('roles.add')} readOnly={readOnly} saving={save.isPending} extra={extra} onClose={onClose} onSave={() => form.submit()}>
      {role?.shipped && <Alert type="info" showIcon style={{ marginBottom: 16 }} title={t('roles.shipped_hint')} />}
      <Form<Values> form={form} layout="vertical" requiredMark={false} disabled={readOnly} onFinish={(values) => save.mutate(values)}
        initialValues={role ? { name_zh: role.name_zh, name_en: role.name_en, permissions: role.permissions, fields: role.fields } : { permissions: ['org.read'], fields: { contact: 'hidden', id_number: 'hidden', pay: 'hidden' } }}>
        <div className="split-fields">
          <Form.Item name="name_zh" label={t('field.name_zh')} rules={[{ required: true, message: t('common.required') }]}><Input maxLength={60} lang="zh-CN" /></Form.Item>
          <Form.Item name="name_en" label={t('field.name_en')}><Input maxLength={60} lang="en" /></Form.Item>
        </div>
        <h3 className="section-title">{t('roles.fields')}</h3>
        <p className="quiet" style={{ marginBottom: 10 }}>{t('roles.fields_hint')}</p>
        <div className="role-levels">
          {(['contact', 'id_number', 'pay'] as const).map((name) => (
            <Form.Item key={name} name={['fields', name]} label={t(`field_class.${name}`)}><Segmented options={levels} /></Form.Item>
          ))}
        </div>
        <h3 className="section-title">{t('roles.permissions')}</h3>
        <p className="quiet">{t('roles.reach_hint')}</p>
        <ul className="quiet reach-steps">
          {enums.reach.map((reach) => <li key={reach}><b>{t(`reach.${reach}`)}</b> {t(`roles.reach_${reach}`)}</li>)}
        </ul>
        <Form.Item name="permissions"><PermissionPicker disabled={readOnly} reaches={reaches} onReaches={setReaches} /></Form.Item>
      </Form>
      {role && can('user.read') && <Holders role={role} />}
    </EditorDrawer>
  );
}

function Holders({ role }: { role: RoleView }) {
  const { t } = useTranslation();
  const names = useNames();
  const holders = useGet<Items<HolderView>>(`/roles/${role.key}/holders`);
  return (
    <section aria-labelledby="holders">
      <h3 className="section-title" id="holders">{t('roles.holders')}</h3>
      {holders.isPending ? <Loading rows={3} /> : holders.isError ? <ErrorState problem={holders.error} onRetry={() => void holders.refetch()} /> : (
        <ul className="line-list">
          {holders.data.items.map((holder) => (
            <li key={holder.grant.id}>
              <span><span className="cell-main">{holder.name}</span> <span className="quiet">{holder.user_name} · {names.unit(holder.grant)}</span><GrantDays grant={holder.grant} /></span>
            </li>
          ))}
          {holders.data.items.length === 0 && <li className="quiet">{t('roles.no_holders')}</li>}
        </ul>
      )}
    </section>
  );
}
