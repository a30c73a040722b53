import { BellOutlined, ClockCircleOutlined, FileTextOutlined, StopOutlined } from '@ant-design/icons';
import type { InterviewLink, InterviewView } from '@bole/api';
import { Button, Descriptions, Drawer, InputNumber, Popconfirm, Timeline } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api } from '../../api/client';
import { useGet, useSend } from '../../api/hooks';
import { useCan } from '../../app/session';
import { useNames } from '../../components/Names';
import { ErrorState, Loading } from '../../components/States';
import { BandTag, DeliveryMark, StateTag } from '../../components/Tags';
import { score, useFormat } from '../../lib/format';
import { usePair } from '../../lib/pair';
import { useMessageError } from '../../lib/server-text';
import { LinkCard } from './LinkCard';
import { Progress } from './Progress';

const waiting = ['invited', 'opened', 'identified', 'consented', 'in_progress'];

export function InterviewDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation();
  const interview = useGet<InterviewView>(`/interviews/${id}`);
  return (
    <Drawer open onClose={onClose} size={Math.min(560, window.innerWidth)} title={interview.data?.candidate_name ?? t('interviews.details')}>
      {interview.isPending ? <Loading /> : interview.isError ? <ErrorState problem={interview.error} onRetry={() => void interview.refetch()} />
        : <Detail interview={interview.data} />}
    </Drawer>
  );
}

function Detail({ interview }: { interview: InterviewView }) {
  const { t, i18n } = useTranslation();
  const names = useNames();
  const can = useCan();
  const pair = usePair();
  const format = useFormat();
  const errorText = useMessageError();
  const [days, setDays] = useState(3);
  const again = { refresh: ['/interviews'] };
  const path = `/interviews/${interview.id}`;
  const cancel = useSend(() => api.post(`${path}/cancel`), { ...again, done: t('interviews.cancelled') });
  const remind = useSend(() => api.post(`${path}/remind`), { ...again, done: t('interviews.reminded') });
  const extend = useSend(() => api.post(`${path}/extend`, { days }), { ...again, done: t('interviews.extended') });
  const mayAct = can('interview.invite');
  const pending = waiting.includes(interview.state);
  const link = useGet<InterviewLink>(mayAct && pending ? `${path}/link` : null, undefined, { staleTime: Infinity });
  const steps: { at?: string | null; label: string }[] = [
    { at: interview.created_at, label: t('interviews.step_invited', { name: interview.created_by_name }) },
    { at: interview.opened_at, label: t('interviews.step_opened') },
    { at: interview.started_at, label: t('interviews.step_started') },
    { at: interview.finished_at, label: t('interviews.step_finished') },
    { at: interview.report_ready_at, label: t('interviews.step_ready') },
  ];
  return (
    <div className="stack">
      <div className="row" style={{ justifyContent: 'space-between' }}>
        <StateTag state={interview.state} />
        <Progress interview={interview} />
      </div>
      {interview.band && can('report.read') && (
        <div className="row" style={{ justifyContent: 'space-between' }}>
          <span className="row"><b className="num" style={{ fontSize: 20 }}>{score(interview.total)}</b><BandTag band={interview.band} /></span>
          <Link to={`${path}/report`}><Button type="primary" icon={<FileTextOutlined />} tabIndex={-1}>{t('interviews.open_report')}</Button></Link>
        </div>
      )}
      <Descriptions column={1} size="small" items={[
        { key: 'p', label: t('interviews.plan'), children: `${pair(interview, 'plan_name')} · ${t('plans.revision', { revision: interview.plan_revision })}` },
        { key: 'j', label: t('field.job'), children: names.job(interview) || '–' },
        { key: 'o', label: t('field.org'), children: names.unit(interview) },
        { key: 'c', label: t('interviews.candidate'), children: <Link to={`/candidates/${interview.candidate_id}`}>{t('interviews.open_file')}</Link> },
        { key: 'e', label: t('interviews.expires_at'), children: format.dateTime(interview.expires_at) },
      ]} />
      {link.data && <LinkCard link={link.data} name={interview.candidate_name} />}
      {mayAct && (pending || interview.state === 'expired') && (
        <div className="row">
          {pending && <Button icon={<BellOutlined />} loading={remind.isPending} onClick={() => remind.mutate()}>{t('interviews.remind')}</Button>}
          <span className="row" style={{ gap: 4 }}>
            <InputNumber min={1} max={30} value={days} onChange={(value) => setDays(value ?? 1)} suffix={t('unit.days')} aria-label={t('interviews.extend_days')} style={{ width: 92 }} />
            <Button icon={<ClockCircleOutlined />} loading={extend.isPending} onClick={() => extend.mutate()}>{t('interviews.extend')}</Button>
          </span>
          {pending && (
            <Popconfirm title={t('interviews.cancel_sure')} okText={t('interviews.cancel')} cancelText={t('common.close')} onConfirm={() => cancel.mutate()}>
              <Button type="text" danger icon={<StopOutlined />} loading={cancel.isPending}>{t('interviews.cancel')}</Button>
            </Popconfirm>
          )}
        </div>
      )}
      {interview.deliveries.length > 0 && (
        <section aria-labelledby="deliveries">
          <h3 className="section-title" id="deliveries" style={{ marginBottom: 6 }}>{t('interviews.deliveries')}</h3>
          {interview.deliveries.map((delivery, index) => (
            <div className="delivery-row" key={index}>
              <span>{i18n.exists(`channel.${delivery.channel}`) ? t(`channel.${delivery.channel}`) : delivery.channel} <span className="quiet">{delivery.to_masked}</span></span>
              <span className="row">{delivery.at && <span className="quiet num">{format.dateTime(delivery.at)}</span>}<DeliveryMark state={delivery.state} text={t(`delivery.${delivery.state}`)} /></span>
              {delivery.error && <span className="delivery-error">{errorText(delivery.error)}</span>}
            </div>
          ))}
        </section>
      )}
      <section aria-labelledby="steps">
        <h3 className="section-title" id="steps" style={{ marginBottom: 12 }}>{t('interviews.steps')}</h3>
        <Timeline items={steps.map((step, index) => ({
          key: index, color: step.at ? undefined : 'gray',
          content: <span className="row" style={{ justifyContent: 'space-between' }}><span className={step.at ? '' : 'quiet'}>{step.label}</span><span className="quiet num">{step.at ? format.dateTime(step.at) : ''}</span></span>,
        }))} />
      </section>
    </div>
  );
}
