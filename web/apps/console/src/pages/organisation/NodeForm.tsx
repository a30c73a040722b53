import type { CreateOrgNode, OrgNodeView, WorkingDay } from '@bole/api';
import { Button, Form, Input, Popconfirm, Select } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { useGet, useSend } from '../../api/hooks';
import { useEnumOptions } from '../../components/Filters';
import { CalendarPicker } from '../../components/Pickers';
import { useFormat } from '../../lib/format';
import { useName, usePair } from '../../lib/pair';
import { showAtFields } from '../../lib/problem';

interface Props {
  node: OrgNodeView;
  adding: boolean;
  readOnly: boolean;
  onCancel: () => void;
  onSaved: (node: OrgNodeView) => void;
  onDeleted: () => void;
}

type Values = Omit<CreateOrgNode, 'parent_id'> & { calendar_id?: string | null };

/** What usually stands below a node of a kind. */
const childKind: Record<string, OrgNodeView['kind']> = {
  group: 'region', region: 'branch', branch: 'outlet', department: 'department', outlet: 'department',
};

/** Detail of one node, or a new one below it. */
export function NodeForm({ node, adding, readOnly, onCancel, onSaved, onDeleted }: Props) {
  const { t } = useTranslation();
  const name = useName();
  const [form] = Form.useForm<Values>();
  const kinds = useEnumOptions('org_kind');
  const locales = useEnumOptions('locale');
  const zones = useMemo(() => Intl.supportedValuesOf('timeZone').map((zone) => ({ value: zone, label: zone })), []);
  const initial: Partial<Values> = adding
    ? { kind: childKind[node.kind] ?? 'department', city: node.city, zone: node.zone, locale: node.locale }
    : node;

  const save = useSend(
    ({ calendar_id: calendar, ...values }: Values) => (adding
      ? api.post<OrgNodeView>('/org/nodes', { ...values, name_en: values.name_en ?? '', city: values.city ?? '', parent_id: node.id })
      : api.patch<OrgNodeView>(`/org/nodes/${node.id}`, { ...values, calendar_id: calendar ?? '', version: node.version })),
    { refresh: ['/org/nodes', '/org/changes'], done: t('common.saved'), onDone: onSaved, onProblem: (problem) => showAtFields(form, problem) },
  );
  const remove = useSend(() => api.delete(`/org/nodes/${node.id}`), { refresh: ['/org/nodes'], done: t('org.deleted'), onDone: onDeleted });
  const required = [{ required: true, message: t('common.required') }];

  return (
    <>
      <div className="panel-head">
        <h2>{adding ? t('org.add_below', { name: name(node) }) : name(node)}</h2>
        {!adding && <span className="mono">{node.code}{node.state === 'closed' ? ` · ${t('org.closed')}` : ''}</span>}
      </div>
      <Form<Values> form={form} layout="vertical" className="panel-body" initialValues={initial} disabled={readOnly}
        requiredMark={false} onFinish={(values) => save.mutate(values)}>
        <div className="split-fields">
          <Form.Item name="name" label={t('field.name_zh')} rules={required}><Input maxLength={100} lang="zh-CN" /></Form.Item>
          <Form.Item name="name_en" label={t('field.name_en')}><Input maxLength={100} lang="en" /></Form.Item>
          <Form.Item name="code" label={t('field.code')} rules={required}><Input maxLength={40} /></Form.Item>
          <Form.Item name="kind" label={t('org.kind')} rules={required}><Select options={kinds} /></Form.Item>
          <Form.Item name="city" label={t('org.city')} extra={t('org.city_hint')}><Input maxLength={60} /></Form.Item>
          <Form.Item name="zone" label={t('org.zone')} rules={required}><Select options={zones} showSearch /></Form.Item>
          <Form.Item name="locale" label={t('org.locale')} rules={required}><Select options={locales} /></Form.Item>
          {!adding && <Form.Item name="calendar_id" label={t('org.calendar')} extra={<Today node={node} />}><CalendarPicker disabled={readOnly} /></Form.Item>}
        </div>
        {!readOnly && (
          <div className="row">
            <Button type={adding ? 'primary' : 'default'} htmlType="submit" loading={save.isPending}>{adding ? t('org.add') : t('common.save')}</Button>
            {adding && <Button onClick={onCancel}>{t('common.cancel')}</Button>}
            {!adding && node.parent_id && (
              <Popconfirm title={t('org.delete_sure', { name: name(node) })} okText={t('common.delete')} onConfirm={() => remove.mutate()}>
                <Button type="text" danger loading={remove.isPending}>{t('common.delete')}</Button>
              </Popconfirm>
            )}
          </div>
        )}
      </Form>
    </>
  );
}

/** What today is at this node, and the next day that is worked. */
function Today({ node }: { node: OrgNodeView }) {
  const { t } = useTranslation();
  const pair = usePair();
  const format = useFormat();
  const day = useGet<WorkingDay>(node.state === 'open' && node.version > 0 ? `/org/nodes/${node.id}/working-day` : null);
  if (!day.data) return t('org.calendar_hint');
  const kind = day.data.share === 1 ? 'work' : day.data.share === 0 ? 'rest' : 'half';
  return [
    t(`org_today.${kind}`), pair(day.data, 'name'), t('org.next_working_day', { date: format.date(day.data.next_working_day) }),
  ].filter(Boolean).join(' · ');
}
