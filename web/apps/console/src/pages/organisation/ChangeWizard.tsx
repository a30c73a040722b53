import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import type { ChangeView, JobView, NewChange, OrgNodeView, Page } from '@bole/api';
import { Button, Checkbox, DatePicker, Form, Input, Radio, Select } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { useGet, useSend } from '../../api/hooks';
import { useCan } from '../../app/session';
import { EditorDrawer } from '../../components/EditorDrawer';
import { useEnumOptions } from '../../components/Filters';
import { OrgPicker } from '../../components/Pickers';
import { useName } from '../../lib/pair';
import { showAtFields } from '../../lib/problem';
import { Preview } from './Preview';

interface Values {
  kind: NewChange['kind'];
  node_id: string;
  when: 'today' | 'day';
  day?: Dayjs;
  target_id?: string;
  with_subtree?: boolean;
  facts?: NonNullable<NewChange['facts']>;
  parts?: { code: string; name: string; name_en?: string; children?: string[]; jobs?: string[] }[];
  reason?: string;
}

/** Which of the form's fields a kind of change uses. */
const needsTarget: Record<NewChange['kind'], 'yes' | 'may' | 'no'> = {
  create: 'yes', update: 'no', move: 'yes', merge: 'yes', split: 'no', close: 'may', reopen: 'may',
};

function body(values: Values): NewChange {
  const { kind } = values;
  return {
    kind,
    reason: values.reason ?? '',
    effective_date: values.when === 'day' ? values.day?.format('YYYY-MM-DD') : undefined,
    node_id: kind === 'create' ? undefined : values.node_id,
    target_id: needsTarget[kind] === 'no' ? undefined : values.target_id,
    facts: kind === 'create' || kind === 'update' ? values.facts : undefined,
    parts: kind === 'split' ? (values.parts ?? []).map((part) => ({ ...part, name_en: part.name_en ?? '', children: part.children ?? [], jobs: part.jobs ?? [] })) : [],
    with_subtree: kind === 'close' && Boolean(values.with_subtree),
  };
}

/** One change of the tree, today or on a later day: what, when, why; and before it is carried out, what it would move. */
export function ChangeWizard({ node, nodes, onClose }: { node: OrgNodeView; nodes: OrgNodeView[]; onClose: () => void }) {
  const { t } = useTranslation();
  const name = useName();
  const can = useCan();
  const [form] = Form.useForm<Values>();
  const values = Form.useWatch([], form) as Values | undefined;
  const kinds = useEnumOptions('change_kind');
  const orgKinds = useEnumOptions('org_kind');
  const [asked, setAsked] = useState<NewChange | null>(null);
  const required = [{ required: true, message: t('common.required') }];
  const kind = values?.kind ?? 'move';
  const wanted = JSON.stringify(values ? body(values) : null);
  const children = useMemo(() => nodes
    .filter((item) => item.parent_id === values?.node_id && item.state === 'open')
    .map((item) => ({ value: item.id, label: name(item) })), [nodes, values?.node_id, name]);

  const divided = kind === 'split' && can('job.read') ? values?.node_id : undefined;
  const jobs = useGet<Page<JobView>>(divided ? '/jobs' : null, { org_id: divided, limit: 200 });
  /** Its own jobs that no other part takes. */
  const jobsLeft = (part: number) => {
    const taken = (values?.parts ?? []).flatMap((other, index) => (index === part ? [] : other?.jobs ?? []));
    return (jobs.data?.items ?? []).filter((job) => job.org_id === divided && !taken.includes(job.id))
      .map((job) => ({ value: job.id, label: `${name(job)} · ${job.code}` }));
  };

  // Asked 400 ms after the last change, once the form says enough.
  useEffect(() => {
    const next = JSON.parse(wanted) as NewChange | null;
    const enough = next && (next.node_id || next.kind === 'create')
      && (needsTarget[next.kind] !== 'yes' || next.target_id) && (values?.when !== 'day' || next.effective_date)
      && (next.kind !== 'create' || (next.facts?.code && next.facts.name && next.facts.kind)) && (next.kind !== 'split' || (next.parts ?? []).every((part) => part?.code && part.name));
    const timer = setTimeout(() => setAsked(enough ? next : null), 400);
    return () => clearTimeout(timer);
  }, [wanted, values?.when]);

  // A node that is open cannot reopen, and one that is closed can do nothing else.
  const follow = (changed: Partial<Values>) => {
    if (!changed.kind) return;
    const chosen = nodes.find((item) => item.id === form.getFieldValue('node_id'));
    const wantsClosed = changed.kind === 'reopen';
    if (!chosen || (chosen.state === 'closed') !== wantsClosed) form.setFieldValue('node_id', wantsClosed ? undefined : node.id);
  };

  const save = useSend((input: Values) => api.post<ChangeView>('/org/changes', body(input)), {
    refresh: ['/org/nodes', '/org/changes'], done: t('org.change_saved'), onDone: onClose, onProblem: (problem) => showAtFields(form, problem),
  });
  return (
    <EditorDrawer open size={640} title={t('org.plan_change')} saving={save.isPending} onClose={onClose} onSave={() => form.submit()}
      saveLabel={values?.when === 'day' ? t('org.schedule') : t('org.carry_out')}>
      <Form<Values> form={form} name="change" layout="vertical" requiredMark={false} onValuesChange={follow} onFinish={(input) => save.mutate(input)}
        initialValues={{ kind: node.parent_id ? 'move' : 'create', node_id: node.id, when: 'day', target_id: node.parent_id ? undefined : node.id,
          facts: { zone: node.zone, locale: node.locale, city: node.city }, parts: [{}] }}>
        <div className="split-fields">
          <Form.Item name="kind" label={t('org.change_kind')}><Select options={kinds} /></Form.Item>
          {kind !== 'create' && <Form.Item name="node_id" label={t('org.change_node')} rules={required}>
            {kind === 'reopen' ? <Select showSearch={{ optionFilterProp: 'label' }} options={nodes.filter((item) => item.state === 'closed').map((item) => ({ value: item.id, label: name(item) }))} /> : <OrgPicker />}
          </Form.Item>}
        </div>
        <p className="quiet org-kind-hint">{t(`change_hint.${kind}`)}</p>
        {kind === 'close' && <Form.Item name="with_subtree" valuePropName="checked"><Checkbox>{t('org.with_subtree')}</Checkbox></Form.Item>}
        {needsTarget[kind] !== 'no' && (
          <Form.Item name="target_id" label={t(`change_target.${kind}`)} rules={needsTarget[kind] === 'yes' ? required : undefined}>
            <OrgPicker allowClear aria-label={t(`change_target.${kind}`)} />
          </Form.Item>
        )}
        {(kind === 'create' || kind === 'update') && (
          <div className="split-fields">
            <Form.Item name={['facts', 'name']} label={t('field.name_zh')} rules={kind === 'create' ? required : undefined}><Input maxLength={100} lang="zh-CN" /></Form.Item>
            <Form.Item name={['facts', 'name_en']} label={t('field.name_en')}><Input maxLength={100} lang="en" /></Form.Item>
            <Form.Item name={['facts', 'code']} label={t('field.code')} rules={kind === 'create' ? required : undefined}><Input maxLength={40} /></Form.Item>
            <Form.Item name={['facts', 'kind']} label={t('org.kind')} rules={kind === 'create' ? required : undefined}><Select allowClear options={orgKinds} /></Form.Item>
          </div>
        )}
        {kind === 'split' && (
          <Form.List name="parts">
            {(fields, { add, remove }) => (
              <>
                {fields.map((field) => (
                  <fieldset key={field.key} className="org-part">
                    <legend>{t('org.part', { number: field.name + 1 })}</legend>
                    {fields.length > 1 && <Button className="org-part-remove" type="text" icon={<DeleteOutlined />} aria-label={t('common.delete')} onClick={() => remove(field.name)} />}
                    <div className="split-fields">
                      <Form.Item name={[field.name, 'name']} label={t('field.name_zh')} rules={required}><Input maxLength={100} lang="zh-CN" /></Form.Item>
                      <Form.Item name={[field.name, 'name_en']} label={t('field.name_en')}><Input maxLength={100} lang="en" /></Form.Item>
                      <Form.Item name={[field.name, 'code']} label={t('field.code')} rules={required}><Input maxLength={40} /></Form.Item>
                      <Form.Item name={[field.name, 'children']} label={t('org.part_children')}><Select mode="multiple" options={children} optionFilterProp="label" /></Form.Item>
                    </div>
                    <Form.Item name={[field.name, 'jobs']} label={t('org.part_jobs')} extra={t('org.part_jobs_hint')}>
                      <Select mode="multiple" options={jobsLeft(field.name)} optionFilterProp="label" loading={jobs.isFetching} />
                    </Form.Item>
                  </fieldset>
                ))}
                <Button type="dashed" block icon={<PlusOutlined />} className="org-part-add" onClick={() => add({})}>{t('org.add_part')}</Button>
              </>
            )}
          </Form.List>
        )}
        <Form.Item name="when" label={t('org.when')}>
          <Radio.Group options={[{ value: 'today', label: t('org.today') }, { value: 'day', label: t('org.on_day') }]} />
        </Form.Item>
        {values?.when === 'day' && (
          <Form.Item name="day" rules={required}>
            <DatePicker minDate={dayjs().add(1, 'day')} maxDate={dayjs().add(10, 'year')} aria-label={t('org.on_day')} style={{ width: '100%' }} />
          </Form.Item>
        )}
        <Form.Item name="reason" label={t('org.reason')}><Input.TextArea autoSize={{ minRows: 2, maxRows: 5 }} maxLength={500} /></Form.Item>
      </Form>
      <Preview change={asked} />
    </EditorDrawer>
  );
}
