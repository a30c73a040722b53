import type { MessageView } from '@bole/api';
import { Drawer, Descriptions } from 'antd';
import { MailOutlined } from '@ant-design/icons';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DataTable } from '../../components/DataTable';
import { Page } from '../../components/Page';
import { EmptyState } from '../../components/States';
import { DeliveryMark } from '../../components/Tags';
import { useFormat } from '../../lib/format';
import { useMessageError } from '../../lib/server-text';

export default function MessagesPage() {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const errorText = useMessageError();
  const [open, setOpen] = useState<MessageView | null>(null);
  const channel = (value: string) => (i18n.exists(`channel.${value}`) ? t(`channel.${value}`) : value);
  const state = (value: string) => (i18n.exists(`delivery.${value}`) ? t(`delivery.${value}`) : value);
  return (
    <Page title={t('messages.title')} hint={t('messages.hint')}>
      <DataTable<MessageView>
        path="/messages"
        label={t('messages.title')}
        onOpen={setOpen}
        selectedId={open?.id}
        empty={<EmptyState icon={<MailOutlined />} title={t('messages.empty')} text={t('messages.empty_text')} />}
        card={(row) => (
          <>
            <div className="card-line"><span className="cell-main">{row.subject || channel(row.channel)}</span><DeliveryMark state={row.state} text={state(row.state)} /></div>
            <span className="cell-sub">{channel(row.channel)} · {row.to_masked} · {format.ago(row.created_at)}</span>
          </>
        )}
        columns={[
          { title: t('messages.subject'), render: (_, row) => <span className="cell-main">{row.subject || '–'}</span> },
          { title: t('messages.channel'), width: 110, render: (_, row) => channel(row.channel) },
          { title: t('messages.to'), width: 200, dataIndex: 'to_masked' },
          { title: t('messages.state'), width: 130, render: (_, row) => <DeliveryMark state={row.state} text={state(row.state)} /> },
          { title: t('messages.attempts'), width: 90, dataIndex: 'attempts', align: 'right', className: 'num' },
          { title: t('common.created_at'), width: 160, className: 'num nowrap', render: (_, row) => format.dateTime(row.created_at) },
        ]}
      />
      <Drawer open={open !== null} onClose={() => setOpen(null)} size={560} title={open?.subject || (open && channel(open.channel))}>
        {open && (
          <div className="stack">
            <Descriptions column={1} size="small" items={[
              { key: 'c', label: t('messages.channel'), children: channel(open.channel) },
              { key: 't', label: t('messages.to'), children: open.to_masked },
              { key: 's', label: t('messages.state'), children: <DeliveryMark state={open.state} text={state(open.state)} /> },
              { key: 'n', label: t('messages.sent_at'), children: format.dateTime(open.sent_at) },
              ...(open.error ? [{ key: 'e', label: t('messages.error'), children: <span className="pre">{errorText(open.error)}</span> }] : []),
            ]} />
            {open.body ? <div className="panel panel-body pre">{open.body}</div> : <p className="quiet">{t('messages.body_hidden')}</p>}
          </div>
        )}
      </Drawer>
    </Page>
  );
}
