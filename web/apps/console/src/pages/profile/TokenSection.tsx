import { CopyOutlined, PlusOutlined } from '@ant-design/icons';
import type { CreatedToken, CreateToken } from '@bole/api';
import { Alert, App, Button, Form, Input, InputNumber, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { useSend } from '../../api/hooks';
import { useSession } from '../../app/session';
import { PermissionPicker } from '../../components/PermissionPicker';
import { TokenList } from '../../components/TokenList';
import { showAtFields } from '../../lib/problem';

/** Tokens for programs that work in one's own name. */
export function TokenSection() {
  const { t } = useTranslation();
  const { permissions } = useSession();
  const { message } = App.useApp();
  const [open, setOpen] = useState(false);
  const [made, setMade] = useState<string | null>(null);
  const [form] = Form.useForm<CreateToken>();
  const create = useSend((input: CreateToken) => api.post<CreatedToken>('/session/tokens', input), {
    refresh: ['/session/tokens'],
    onDone: (result) => {
      setOpen(false);
      setMade(result.token);
    },
    onProblem: (problem) => showAtFields(form, problem),
  });
  return (
    <section className="panel">
      <div className="panel-head">
        <h2>{t('tokens.title')}</h2>
        <Button size="small" icon={<PlusOutlined />} onClick={() => setOpen(true)}>{t('tokens.add')}</Button>
      </div>
      <div className="panel-body">
        <p className="quiet">{t('tokens.hint')}</p>
        <TokenList path="/session/tokens" />
      </div>
      <Modal open={open} width={680} title={t('tokens.add')} onCancel={() => setOpen(false)} onOk={() => form.submit()} okText={t('tokens.make')} confirmLoading={create.isPending} destroyOnHidden>
        <Form<CreateToken> form={form} layout="vertical" requiredMark={false} preserve={false} initialValues={{ days: 90, permissions: [] }} onFinish={(input) => create.mutate(input)}>
          <div className="split-fields">
            <Form.Item name="name" label={t('tokens.name')} rules={[{ required: true, message: t('common.required') }]}><Input maxLength={80} placeholder={t('tokens.name_example')} /></Form.Item>
            <Form.Item name="days" label={t('tokens.days')} rules={[{ required: true, message: t('common.required') }]}><InputNumber min={1} max={365} style={{ width: '100%' }} /></Form.Item>
          </div>
          <Form.Item name="permissions" label={t('tokens.permissions')} rules={[{ required: true, type: 'array', min: 1, message: t('common.required') }]}>
            <PermissionPicker only={permissions} />
          </Form.Item>
        </Form>
      </Modal>
      <Modal open={made !== null} title={t('tokens.made')} closable={false} footer={<Button type="primary" onClick={() => setMade(null)}>{t('tokens.kept')}</Button>}>
        <Alert type="warning" showIcon title={t('tokens.once')} style={{ marginBottom: 12 }} />
        <code className="secret">{made}</code>
        <Button style={{ marginTop: 10 }} icon={<CopyOutlined />} onClick={() => void navigator.clipboard.writeText(made ?? '').then(() => message.success(t('common.copied')))}>{t('common.copy')}</Button>
      </Modal>
    </section>
  );
}
