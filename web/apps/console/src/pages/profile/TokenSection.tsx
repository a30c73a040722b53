import { CopyOutlined, PlusOutlined } from '@ant-design/icons';
import type { CreatedToken, CreateToken, Items, TokenView } from '@bole/api';
import { Alert, App, Button, Form, Input, InputNumber, Modal, Popconfirm } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { useGet, useSend } from '../../api/hooks';
import { useSession } from '../../app/session';
import { PermissionPicker } from '../../components/PermissionPicker';
import { ErrorState, Loading } from '../../components/States';
import { useFormat } from '../../lib/format';
import { showAtFields } from '../../lib/problem';

/** Tokens for programs that work in one's own name. */
export function TokenSection() {
  const { t } = useTranslation();
  const format = useFormat();
  const { permissions } = useSession();
  const { message } = App.useApp();
  const [open, setOpen] = useState(false);
  const [made, setMade] = useState<string | null>(null);
  const [form] = Form.useForm<CreateToken>();
  const tokens = useGet<Items<TokenView>>('/session/tokens');
  const create = useSend((input: CreateToken) => api.post<CreatedToken>('/session/tokens', input), {
    refresh: ['/session/tokens'],
    onDone: (result) => {
      setOpen(false);
      setMade(result.token);
    },
    onProblem: (problem) => showAtFields(form, problem),
  });
  const revoke = useSend((id: string) => api.delete(`/session/tokens/${id}`), { refresh: ['/session/tokens'], done: t('tokens.revoked') });
  return (
    <section className="panel">
      <div className="panel-head">
        <h2>{t('tokens.title')}</h2>
        <Button size="small" icon={<PlusOutlined />} onClick={() => setOpen(true)}>{t('tokens.add')}</Button>
      </div>
      <div className="panel-body">
        <p className="quiet">{t('tokens.hint')}</p>
        {tokens.isPending ? <Loading rows={2} /> : tokens.isError ? <ErrorState problem={tokens.error} onRetry={() => void tokens.refetch()} /> : (
          <ul className="line-list">
            {tokens.data.items.map((token) => (
              <li key={token.id}>
                <span>
                  <span className="cell-main">{token.name} <code className="mono">{token.prefix}…</code></span>
                  <span className="cell-sub">
                    {t('tokens.facts', { count: token.permissions.length, until: format.date(token.expires_at), used: token.last_used_at ? format.ago(token.last_used_at) : t('tokens.never') })}
                  </span>
                </span>
                <Popconfirm title={t('tokens.revoke_sure')} okText={t('tokens.revoke')} onConfirm={() => revoke.mutate(token.id)}>
                  <Button size="small" danger>{t('tokens.revoke')}</Button>
                </Popconfirm>
              </li>
            ))}
          </ul>
        )}
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
