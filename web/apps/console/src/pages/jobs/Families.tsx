import { PartitionOutlined, PlusOutlined } from '@ant-design/icons';
import type { CompetencyView, FamilyView, Items } from '@bole/api';
import { Button, Form, Grid, Input, InputNumber, Select, Table } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { useGet, useSend } from '../../api/hooks';
import { useCan } from '../../app/session';
import { EditorDrawer } from '../../components/EditorDrawer';
import { useEnumOptions } from '../../components/Filters';
import { TableButtons } from '../../components/imports/TableButtons';
import { EmptyState, ErrorState, Loading } from '../../components/States';
import { useFamilies } from '../../lib/families';
import { usePair } from '../../lib/pair';
import { showAtFields } from '../../lib/problem';
import { Actions, type PartProps } from './Actions';
import { CompetencyLines, completeLines, type Line } from './CompetencyLines';

/** Job families of the whole group: questions, plans and jobs are found by them, a new job starts from their model. */
export function Families({ actions }: PartProps) {
  const { t } = useTranslation();
  const can = useCan();
  const pair = usePair();
  const families = useFamilies();
  const [open, setOpen] = useState<FamilyView | 'new' | null>(null);
  const wide = Grid.useBreakpoint().md;
  const add = can('job.write') && <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpen('new')}>{t('families.add')}</Button>;
  const model = (row: FamilyView) => row.competencies.map((item) => `${pair(item, 'name')} ${item.weight}%`).join(t('common.list_comma')) || t('families.no_model');
  if (families.isPending) return <div className="panel"><Loading rows={8} /></div>;
  if (families.isError) return <div className="panel"><ErrorState problem={families.error} onRetry={() => void families.refetch()} /></div>;
  return (
    <>
      <Actions at={actions}><TableButtons target="job_families" path="/job-families" permission="job.write" />{add}</Actions>
      <div className="panel list-panel">
        {families.items.length === 0
          ? <EmptyState icon={<PartitionOutlined />} title={t('families.empty')} text={t('jobs_hint.families')} action={add} />
          : (
            <Table<FamilyView> rowKey="key" dataSource={families.items} pagination={false} size="middle" aria-label={t('jobs_view.families')}
              scroll={wide ? { x: 720 } : undefined} rowClassName={can('job.write') ? 'row-open' : ''}
              onRow={(row) => (can('job.write') ? { tabIndex: 0, onClick: () => setOpen(row), onKeyDown: (event) => { if (event.key === 'Enter') setOpen(row); } } : {})}
              columns={[
                { title: t('jobs.family'), width: wide ? 200 : undefined, render: (_, row) => <><span className="cell-main">{pair(row, 'name')}</span><span className="cell-sub">{wide ? row.key : model(row)}</span></> },
                { title: t('jobs.competency_model'), responsive: ['md'], render: (_, row) => <span className="quiet">{model(row)}</span> },
                { title: t('families.rank'), dataIndex: 'rank', width: 90, className: 'num', responsive: ['md'] },
                { title: t('field.status'), width: 100, render: (_, row) => <span className={row.state === 'active' ? '' : 'quiet'}>{t(`item_status.${row.state}`)}</span> },
              ]} />
          )}
      </div>
      {open && <FamilyEditor family={open === 'new' ? undefined : open} onClose={() => setOpen(null)} />}
    </>
  );
}

type Values = Pick<FamilyView, 'key' | 'name_zh' | 'name_en' | 'rank' | 'state'> & { competencies: Line[] };

function FamilyEditor({ family, onClose }: { family?: FamilyView; onClose: () => void }) {
  const { t } = useTranslation();
  const pair = usePair();
  const [form] = Form.useForm<Values>();
  const states = useEnumOptions('item_status');
  const library = useGet<Items<CompetencyView>>('/competencies', undefined, { staleTime: 600_000 });
  const save = useSend(
    ({ key, ...values }: Values) => api.put<FamilyView>(`/job-families/${encodeURIComponent(family?.key ?? key)}`, {
      ...values, name_en: values.name_en ?? '', state: values.state ?? 'active', version: family?.version ?? 0,
      competencies: completeLines(values.competencies, library.data?.items, family?.competencies),
    }),
    { refresh: ['/job-families'], done: t('common.saved'), onDone: onClose, onProblem: (problem) => showAtFields(form, problem) },
  );
  const required = [{ required: true, message: t('common.required') }];
  return (
    <EditorDrawer open size={720} title={family ? pair(family, 'name') : t('families.add')} saving={save.isPending} onClose={onClose} onSave={() => form.submit()}>
      <Form<Values> form={form} layout="vertical" requiredMark={false} onFinish={(values) => save.mutate(values)}
        initialValues={family ?? { rank: 100, state: 'active', competencies: [] }}>
        <div className="split-fields">
          <Form.Item name="name_zh" label={t('field.name_zh')} rules={required}><Input maxLength={60} lang="zh-CN" /></Form.Item>
          <Form.Item name="name_en" label={t('field.name_en')}><Input maxLength={60} lang="en" /></Form.Item>
          {!family && <Form.Item name="key" label={t('field.code')} extra={t('families.key_hint')} rules={required}><Input maxLength={40} /></Form.Item>}
          <Form.Item name="rank" label={t('families.rank')} extra={t('families.rank_hint')} rules={required}><InputNumber min={0} max={1000} style={{ width: '100%' }} /></Form.Item>
          {family && <Form.Item name="state" label={t('field.status')}><Select options={states} /></Form.Item>}
        </div>
        <CompetencyLines saved={family?.competencies} hint={t('families.model_hint')} readOnly={false} />
      </Form>
    </EditorDrawer>
  );
}
