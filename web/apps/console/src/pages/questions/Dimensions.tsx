import { BarChartOutlined, PlusOutlined } from '@ant-design/icons';
import type { DimensionView, Items } from '@bole/api';
import { Button, Form, Grid, Input, Select, Table } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { useGet, useSend } from '../../api/hooks';
import { useCan, useSession } from '../../app/session';
import { EditorDrawer } from '../../components/EditorDrawer';
import { useEnumOptions } from '../../components/Filters';
import { useNames } from '../../components/Names';
import { Page } from '../../components/Page';
import { OrgPicker } from '../../components/Pickers';
import { EmptyState, ErrorState, Loading } from '../../components/States';
import { usePair } from '../../lib/pair';
import { showAtFields } from '../../lib/problem';
import type { PartProps } from '.';

/** What answers are measured by: dimensions of the product, and those that units define for themselves and everything below. */
export function Dimensions({ views }: PartProps) {
  const { t } = useTranslation();
  const names = useNames();
  const can = useCan();
  const pair = usePair();
  const dimensions = useGet<Items<DimensionView>>('/dimensions', undefined, { staleTime: 60_000 });
  const [open, setOpen] = useState<DimensionView | 'new' | null>(null);
  const wide = Grid.useBreakpoint().md;
  const add = can('question.write') && <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpen('new')}>{t('dimensions.add')}</Button>;
  return (
    <Page title={t('questions.title')} hint={t('dimensions.hint')} actions={add}>
      {views}
      {dimensions.isPending ? <div className="panel"><Loading rows={8} /></div>
        : dimensions.isError ? <div className="panel"><ErrorState problem={dimensions.error} onRetry={() => void dimensions.refetch()} /></div>
          : (
            <div className="panel list-panel">
              <Table<DimensionView> rowKey="key" dataSource={dimensions.data.items} pagination={false} size="middle" aria-label={t('bank_view.dimensions')} scroll={wide ? { x: 680 } : undefined}
                locale={{ emptyText: <EmptyState icon={<BarChartOutlined />} title={t('list.nothing_found')} text={t('dimensions.hint')} action={add} /> }}
                rowClassName={(row) => (row.may_change ? 'row-open' : '')}
                onRow={(row) => (row.may_change ? { tabIndex: 0, onClick: () => setOpen(row), onKeyDown: (event) => { if (event.key === 'Enter') setOpen(row); } } : {})}
                columns={[
                  { title: t('dimensions.dimension'), width: wide ? 220 : undefined, render: (_, row) => <><span className="cell-main">{pair(row, 'name')}</span><span className="cell-sub">{wide ? row.key : [row.org_name ? names.unit(row) : t('questions.shipped'), pair(row, 'description')].filter(Boolean).join(' · ')}</span></> },
                  { title: t('dimensions.description'), responsive: ['md'], render: (_, row) => <span className="quiet">{pair(row, 'description') || '–'}</span> },
                  { title: t('dimensions.origin'), width: 180, responsive: ['md'], render: (_, row) => row.org_name ? names.unit(row) : <span className="quiet">{t('questions.shipped')}</span> },
                  { title: t('field.status'), width: 90, render: (_, row) => <span className={row.status === 'active' ? '' : 'quiet'}>{t(`item_status.${row.status}`)}</span> },
                ]} />
            </div>
          )}
      {open && <DimensionEditor dimension={open === 'new' ? undefined : open} onClose={() => setOpen(null)} />}
    </Page>
  );
}

type Values = Pick<DimensionView, 'key' | 'name_zh' | 'name_en' | 'description_zh' | 'description_en' | 'status'> & { org_id: string };

function DimensionEditor({ dimension, onClose }: { dimension?: DimensionView; onClose: () => void }) {
  const { t } = useTranslation();
  const pair = usePair();
  const { user } = useSession();
  const [form] = Form.useForm<Values>();
  const statuses = useEnumOptions('item_status');
  const save = useSend(
    ({ org_id, key, status, ...values }: Values) => {
      const texts = {
        name_zh: values.name_zh ?? '', name_en: values.name_en ?? '', description_zh: values.description_zh ?? '', description_en: values.description_en ?? '',
      };
      return dimension
        ? api.patch<DimensionView>(`/dimensions/${dimension.key}`, { ...texts, status, version: dimension.version })
        : api.post<DimensionView>('/dimensions', { ...texts, org_id, key: key ?? '' });
    },
    { refresh: ['/dimensions'], done: t('common.saved'), onDone: onClose, onProblem: (problem) => showAtFields(form, problem) },
  );
  const required = [{ required: true, message: t('common.required') }];
  const oneLanguage = {
    validator: () => {
      const { name_zh, name_en } = form.getFieldsValue();
      return name_zh?.trim() || name_en?.trim() ? Promise.resolve() : Promise.reject(new Error(t('questions.one_language')));
    },
  };
  return (
    <EditorDrawer open size={640} title={dimension ? pair(dimension, 'name') : t('dimensions.add')} saving={save.isPending} onClose={onClose} onSave={() => form.submit()}>
      <Form<Values> form={form} layout="vertical" requiredMark={false} onFinish={(values) => save.mutate(values)}
        initialValues={dimension ?? { org_id: user.org_id }}>
        <div className="split-fields">
          <Form.Item name="name_zh" label={t('field.name_zh')} rules={[oneLanguage]}><Input maxLength={60} lang="zh-CN" /></Form.Item>
          <Form.Item name="name_en" label={t('field.name_en')} extra={t('dimensions.names_hint')}><Input maxLength={60} lang="en" /></Form.Item>
        </div>
        <Form.Item name="description_zh" label={t('dimensions.description_zh')}><Input.TextArea lang="zh-CN" autoSize={{ minRows: 2, maxRows: 6 }} maxLength={500} /></Form.Item>
        <Form.Item name="description_en" label={t('dimensions.description_en')}><Input.TextArea lang="en" autoSize={{ minRows: 2, maxRows: 6 }} maxLength={500} /></Form.Item>
        <div className="split-fields">
          <Form.Item name="org_id" label={t('field.org')} extra={t('dimensions.org_hint')} rules={required}><OrgPicker disabled={Boolean(dimension)} /></Form.Item>
          {dimension
            ? <Form.Item name="status" label={t('field.status')} extra={t('dimensions.status_hint')}><Select options={statuses} /></Form.Item>
            : <Form.Item name="key" label={t('field.code')} extra={t('dimensions.key_hint')}><Input maxLength={40} /></Form.Item>}
        </div>
      </Form>
    </EditorDrawer>
  );
}
