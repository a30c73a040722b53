import { DeleteOutlined, FileZipOutlined, LinkOutlined, LockOutlined, SolutionOutlined } from '@ant-design/icons';
import type { AccessEntry, ConsentRecord, Items, LegalHold, LinkSent, Page, PersonExport, Restriction } from '@bole/api';
import { Alert, App, Button, Popconfirm, Timeline } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { useGet, useSend } from '../../api/hooks';
import { useCan } from '../../app/session';
import { DownloadButton } from '../../components/DownloadButton';
import { ErrorState, Loading } from '../../components/States';
import { useFormat } from '../../lib/format';
import { usePair } from '../../lib/pair';
import { Mark } from '../privacy/marks';
import { PrivacyDialog, type Dialog, type PersonRecord } from './PrivacyDialog';
import '../privacy/privacy.css';

/** The person's rights in one place: consents over time, copies, holds, erasure, and who looked. */
export function PersonPrivacy({ record }: { record: PersonRecord }) {
  const { t } = useTranslation();
  const can = useCan();
  const pair = usePair();
  const format = useFormat();
  const { message } = App.useApp();
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const [log, setLog] = useState(false);
  const about = { ...record, limit: 50 };
  const file = record.employee_id ? `/employees/${record.employee_id}` : `/candidates/${record.candidate_id}`;
  const consents = useGet<Page<ConsentRecord>>('/privacy/consents', about);
  const holds = useGet<Page<LegalHold>>('/privacy/holds', { ...about, open: true });
  const exports = useGet<Page<PersonExport>>(can('privacy.manage') ? '/privacy/exports' : null, about, {
    refetchInterval: (query) => (query.state.data?.items.some((item) => item.state === 'queued') ? 2000 : false),
  });
  const access = useGet<Items<AccessEntry>>(log ? `/privacy${file}/access` : null);
  const withdraw = useSend((row: ConsentRecord) => api.post('/privacy/consents/withdraw', { interview_id: row.interview_id, consent: row.consent }), {
    refresh: ['/privacy/consents', file], done: t('privacy.withdrawn_done'),
  });
  const restriction = useGet<Restriction>(`/privacy${file}/restriction`);
  const endRestriction = useSend(() => api.post(`/privacy${file}/end-restriction`), {
    refresh: [`/privacy${file}/restriction`], done: t('privacy.restriction_ended'),
  });
  const link = useSend(() => api.post<LinkSent>(`/privacy${file}/link`), {
    onDone: (sent) => void message.success(t('privacy.link_sent', { to: sent.to_masked, minutes: sent.minutes })),
  });
  const rows = consents.data?.items ?? [];
  const stands = (row: ConsentRecord) => row.act === 'given'
    && !rows.some((other) => other.act === 'withdrawn' && other.interview_id === row.interview_id && other.consent === row.consent);
  return (
    <section className="panel" aria-labelledby="file-privacy">
      <div className="panel-head"><h2 id="file-privacy">{t('privacy.title')}</h2></div>
      <div className="panel-body stack">
        {restriction.data?.restricted && (
          <Alert type="warning" showIcon title={t('privacy.restricted')} description={restriction.data.may_end ? t('privacy.restricted_text') : t('privacy.restricted_elsewhere')}
            action={restriction.data.may_end && (
              <Popconfirm title={t('privacy.end_restriction_sure')} okText={t('privacy.end_restriction')} onConfirm={() => endRestriction.mutate()}>
                <Button size="small" loading={endRestriction.isPending}>{t('privacy.end_restriction')}</Button>
              </Popconfirm>
            )} />
        )}
        {can('privacy.manage') && (
          <div className="row">
            <Button size="small" icon={<SolutionOutlined />} onClick={() => setDialog('request')}>{t('privacy.new_request')}</Button>
            <Button size="small" icon={<FileZipOutlined />} onClick={() => setDialog('export')}>{t('privacy.new_export')}</Button>
            <Button size="small" icon={<LockOutlined />} onClick={() => setDialog('hold')}>{t('privacy.new_hold')}</Button>
            <Popconfirm title={t('privacy.send_link_sure')} description={t('privacy.send_link_text')} okText={t('privacy.send_link')} onConfirm={() => link.mutate()}>
              <Button size="small" icon={<LinkOutlined />} loading={link.isPending}>{t('privacy.send_link')}</Button>
            </Popconfirm>
            <Button size="small" danger icon={<DeleteOutlined />} onClick={() => setDialog('erasure')}>{t('privacy.new_erasure')}</Button>
          </div>
        )}
        {holds.data?.items.map((hold) => (
          <div key={hold.id} className="row"><LockOutlined aria-hidden /><span>{t('privacy.held_because', { reason: hold.reason, by: hold.placed_by_name })}</span></div>
        ))}
        {(exports.data?.items.length ?? 0) > 0 && (
          <ul className="privacy-lines">
            {exports.data!.items.slice(0, 5).map((item) => (
              <li key={item.id}>
                <span>{t('privacy.copy_of', { date: format.date(item.created_at) })}<span className="cell-sub">{item.purpose}</span></span>
                {item.state === 'ready'
                  ? <DownloadButton size="small" path={`/privacy/exports/${item.id}/file`}>{t('privacy.download')}</DownloadButton>
                  : <Mark state={item.state} text={t(`export_state.${item.state}`)} />}
              </li>
            ))}
          </ul>
        )}
        {consents.isPending ? <Loading rows={2} /> : consents.isError ? <ErrorState problem={consents.error} onRetry={() => void consents.refetch()} />
          : rows.length === 0 ? <p className="quiet">{t('privacy.no_consents')}</p> : (
            <Timeline items={rows.map((row) => ({
              key: row.id,
              content: (
                <div className="file-event">
                  <span className="row">
                    <Mark state={row.act} text={t(`consent_act.${row.act}`)} />
                    {t(`consent_kind.${row.consent}`)}
                    {row.outcome !== 'none' && <span className="quiet">{t(`consent_outcome.${row.outcome}`)}</span>}
                    {stands(row) && can('privacy.manage') && (
                      <Popconfirm title={t('privacy.withdraw_sure')} description={t('privacy.withdraw_sure_text')} okText={t('privacy.withdraw')} onConfirm={() => withdraw.mutate(row)}>
                        <Button type="link" size="small">{t('privacy.withdraw')}</Button>
                      </Popconfirm>
                    )}
                  </span>
                  <time className="quiet num" dateTime={row.at}>{format.dateTime(row.at)}</time>
                </div>
              ),
            }))} />
          )}
        {!log ? <div><Button size="small" onClick={() => setLog(true)}>{t('privacy.show_access')}</Button></div>
          : access.isPending ? <Loading rows={3} /> : access.isError ? <ErrorState problem={access.error} onRetry={() => void access.refetch()} /> : (
            <>
              <h3 className="section-title">{t('privacy.access')}</h3>
              <ul className="privacy-lines">
                {access.data.items.slice(0, 30).map((entry, index) => (
                  <li key={index}><span>{pair(entry, 'who')} · {pair(entry, 'what')}</span><time className="quiet num nowrap" dateTime={entry.at}>{format.dateTime(entry.at)}</time></li>
                ))}
              </ul>
            </>
          )}
      </div>
      {dialog && <PrivacyDialog kind={dialog} record={record} onClose={() => setDialog(null)} />}
    </section>
  );
}
