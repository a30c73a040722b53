import { PlusOutlined, TrophyOutlined } from '@ant-design/icons';
import type { GradeView, Items } from '@bole/api';
import { Button, Form, Input, InputNumber, Select, Table } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { useGet, useSend } from '../../api/hooks';
import { useCan } from '../../app/session';
import { EditorDrawer } from '../../components/EditorDrawer';
import { useEnumOptions } from '../../components/Filters';
import { TableButtons } from '../../components/imports/TableButtons';
import { EmptyState, ErrorState, Loading } from '../../components/States';
import { usePair } from '../../lib/pair';
import { showAtFields } from '../../lib/problem';
import { Actions, type PartProps } from './Actions';

/** Grades of the whole group, junior first. */
export function Grades({ actions }: PartProps) {
  const { t } = useTranslation();
  const can = useCan();
  const pair = usePair();
  const grades = useGet<Items<GradeView>>('/grades');
  const [open, setOpen] = useState<GradeView | 'new' | null>(null);
  const add = can('job.write') && <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpen('new')}>{t('grades.add')}</Button>;
  if (grades.isPending) return <div className="panel"><Loading rows={6} /></div>;
  if (grades.isError) return <div className="panel"><ErrorState problem={grades.error} onRetry={() => void grades.refetch()} /></div>;
  return (
    <>
      <Actions at={actions}><TableButtons target="grades" path="/grades" permission="job.write" />{add}</Actions>
      <div className="panel list-panel">
        {grades.data.items.length === 0
          ? <EmptyState icon={<TrophyOutlined />} title={t('grades.empty')} text={t('grades.empty_text')} action={add} />
          : (
            <Table<GradeView> rowKey="key" dataSource={grades.data.items} pagination={false} size="middle" aria-label={t('jobs_view.grades')}
              scroll={{ x: 'max-content' }} rowClassName={can('job.write') ? 'row-open' : ''}
              onRow={(row) => (can('job.write') ? { tabIndex: 0, onClick: () => setOpen(row), onKeyDown: (event) => { if (event.key === 'Enter') setOpen(row); } } : {})}
              columns={[
                { title: t('jobs.grade'), render: (_, row) => <><span className="cell-main">{row.key}</span><span className="cell-sub">{pair(row, 'name')}</span></> },
                { title: t('grades.rank'), dataIndex: 'rank', width: 110, className: 'num' },
                { title: t('field.status'), width: 110, render: (_, row) => <span className={row.state === 'active' ? '' : 'quiet'}>{t(`item_status.${row.state}`)}</span> },
              ]} />
          )}
      </div>
      {open && <GradeEditor grade={open === 'new' ? undefined : open} onClose={() => setOpen(null)} />}
    </>
  );
}

type Values = Pick<GradeView, 'key' | 'name_zh' | 'name_en' | 'rank' | 'state'>;

function GradeEditor({ grade, onClose }: { grade?: GradeView; onClose: () => void }) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Values>();
  const states = useEnumOptions('item_status');
  const save = useSend(
    ({ key, ...values }: Values) => api.put<GradeView>(`/grades/${encodeURIComponent(grade?.key ?? key)}`,
      { ...values, name_en: values.name_en ?? '', state: values.state ?? 'active', version: grade?.version ?? 0 }),
    { refresh: ['/grades'], done: t('common.saved'), onDone: onClose, onProblem: (problem) => showAtFields(form, problem) },
  );
  const required = [{ required: true, message: t('common.required') }];
  return (
    <EditorDrawer open size={440} title={grade ? grade.key : t('grades.add')} saving={save.isPending} onClose={onClose} onSave={() => form.submit()}>
      <Form<Values> form={form} layout="vertical" requiredMark={false} onFinish={(values) => save.mutate(values)} initialValues={grade}>
        {!grade && <Form.Item name="key" label={t('field.code')} rules={required}><Input maxLength={40} /></Form.Item>}
        <Form.Item name="name_zh" label={t('field.name_zh')} rules={required}><Input maxLength={60} lang="zh-CN" /></Form.Item>
        <Form.Item name="name_en" label={t('field.name_en')}><Input maxLength={60} lang="en" /></Form.Item>
        <Form.Item name="rank" label={t('grades.rank')} extra={t('grades.rank_hint')} rules={required}><InputNumber min={0} max={1000} style={{ width: '100%' }} /></Form.Item>
        {grade && <Form.Item name="state" label={t('field.status')}><Select options={states} /></Form.Item>}
      </Form>
    </EditorDrawer>
  );
}
