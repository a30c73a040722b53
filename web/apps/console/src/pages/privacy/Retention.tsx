import type { Items, PrivacyPolicy, RetentionPreview, RetentionRun } from '@bole/api';
import { Button, DatePicker, Grid, InputNumber, Select, Table } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api } from '../../api/client';
import { useGet, useSend } from '../../api/hooks';
import { useCan } from '../../app/session';
import { useEnumOptions } from '../../components/Filters';
import { useNames } from '../../components/Names';
import { OrgPicker } from '../../components/Pickers';
import { ErrorState, Loading } from '../../components/States';
import { useFormat } from '../../lib/format';
import { Mark, PersonLink } from './marks';

export function Retention() {
  return <div className="stack"><Policies /><Preview /><Runs /></div>;
}

function Policies() {
  const { t } = useTranslation();
  const names = useNames();
  const wide = Grid.useBreakpoint().md;
  const can = useCan();
  const kinds = useEnumOptions('policy_kind');
  const policies = useGet<Items<PrivacyPolicy>>('/privacy/policies');
  const [org, setOrg] = useState<string>();
  const [kind, setKind] = useState<string>();
  const [days, setDays] = useState<number | null>(null);
  const [least, setLeast] = useState<number | null>(null);
  const known = policies.data?.items.find((item) => item.org_id === org && item.kind === kind);
  const save = useSend(() => api.put('/privacy/policies', { org_id: org, kind, days, min_days: least, version: known?.version ?? 0 }), {
    refresh: ['/privacy/policies', '/privacy/retention'], done: t('common.saved'),
  });
  return (
    <section className="panel list-panel" aria-labelledby="policies">
      <div className="panel-head"><h2 id="policies">{t('privacy.policies')}</h2></div>
      {policies.isPending ? <Loading /> : policies.isError ? <ErrorState problem={policies.error} onRetry={() => void policies.refetch()} /> : (
        <Table<PrivacyPolicy> rowKey={(row) => row.org_id + row.kind} dataSource={policies.data.items} pagination={false} size="middle" scroll={wide ? { x: 'max-content' } : undefined}
          columns={[
            { title: t('privacy.what'), render: (_, row) => <>{t(`policy_kind.${row.kind}`)}{!wide && <span className="cell-sub">{[row.is_default ? t('privacy.default_policy') : names.unit(row), row.updated_by_name].filter(Boolean).join(' · ')}</span>}</> },
            { title: t('privacy.days'), align: 'right', className: 'num', render: (_, row) => (row.effective_days === row.days ? row.days : <>{row.effective_days}<span className="cell-sub">{t('privacy.bound_by_above', { days: row.days })}</span></>) },
            { title: t('privacy.least'), align: 'right', className: 'num', render: (_, row) => row.min_days ?? '–' },
            { title: t('field.org'), responsive: ['md'], render: (_, row) => (row.is_default ? <span className="quiet">{t('privacy.default_policy')}</span> : names.unit(row)) },
            { title: t('privacy.set_by'), responsive: ['md'], render: (_, row) => row.updated_by_name || '–' },
          ]} />
      )}
      {can('privacy.manage') && (
        <div className="panel-body">
          <p className="quiet">{t('privacy.policy_hint')}</p>
          <div className="split-fields" style={{ rowGap: 8, marginTop: 8 }}>
            <Select value={kind} onChange={setKind} options={kinds} placeholder={t('privacy.what')} aria-label={t('privacy.what')} />
            <OrgPicker value={org} onChange={setOrg} />
            <InputNumber min={1} max={3650} value={days} onChange={setDays} suffix={t('unit.days')} style={{ width: '100%' }} placeholder={t('privacy.days')} aria-label={t('privacy.days')} />
            <InputNumber min={1} max={days ?? 3650} value={least} onChange={setLeast} suffix={t('unit.days')} style={{ width: '100%' }} placeholder={t('privacy.least')} aria-label={t('privacy.least')} />
            <Button disabled={!org || !kind || !days} loading={save.isPending} onClick={() => save.mutate()}>{t('common.save')}</Button>
          </div>
        </div>
      )}
    </section>
  );
}

function Preview() {
  const { t } = useTranslation();
  const format = useFormat();
  const [on, setOn] = useState(() => dayjs().add(1, 'day'));
  const preview = useGet<RetentionPreview>('/privacy/retention/preview', { on: on.format('YYYY-MM-DD') });
  return (
    <section className="panel list-panel" aria-labelledby="preview">
      <div className="panel-head">
        <h2 id="preview">{t('privacy.preview')}</h2>
        <DatePicker value={on} allowClear={false} onChange={(value) => value && setOn(value)} aria-label={t('privacy.preview_day')} />
      </div>
      {preview.isPending ? <Loading /> : preview.isError ? <ErrorState problem={preview.error} onRetry={() => void preview.refetch()} /> : preview.data.counts.length === 0
        ? <div className="panel-body quiet">{t('privacy.preview_none')}</div>
        : (
          <>
            <div className="panel-body privacy-counts">
              {preview.data.counts.map((count) => <span key={count.kind}>{t(`policy_kind.${count.kind}`)} <b className="num">{count.due}</b>{count.held > 0 && <span className="quiet"> · {t('privacy.held', { count: count.held })}</span>}</span>)}
            </div>
            <Table rowKey={(row) => row.kind + row.candidate_id + row.employee_id + row.interview_id} dataSource={preview.data.items} size="middle" pagination={{ pageSize: 10, hideOnSinglePage: true }} scroll={{ x: 'max-content' }}
              columns={[
                { title: t('privacy.person'), render: (_, row) => <PersonLink row={row} /> },
                { title: t('privacy.what'), render: (_, row) => t(`policy_kind.${row.kind}`) },
                { title: t('privacy.due'), className: 'num', render: (_, row) => format.date(row.due_at) },
                { title: '', render: (_, row) => row.held && <Mark state="in_progress" text={t('privacy.hold_active')} /> },
              ]} />
          </>
        )}
    </section>
  );
}

function Runs() {
  const { t } = useTranslation();
  const format = useFormat();
  const runs = useGet<Items<RetentionRun>>('/privacy/retention/runs');
  return (
    <section className="panel list-panel" aria-labelledby="runs">
      <div className="panel-head"><h2 id="runs">{t('privacy.runs')}</h2></div>
      {runs.isPending ? <Loading /> : runs.isError ? <ErrorState problem={runs.error} onRetry={() => void runs.refetch()} /> : runs.data.items.length === 0
        ? <div className="panel-body quiet">{t('privacy.runs_none')}</div>
        : (
          <Table<RetentionRun> rowKey="id" dataSource={runs.data.items} size="middle" pagination={{ pageSize: 10, hideOnSinglePage: true }} scroll={{ x: 'max-content' }}
            columns={[
              { title: t('privacy.day'), className: 'num', render: (_, row) => format.date(row.day) },
              { title: t('field.status'), render: (_, row) => <Mark state={row.state === 'done' ? 'done' : 'in_progress'} text={row.state === 'done' ? t('privacy.run_done') : t('privacy.run_running')} /> },
              { title: t('privacy.run_erased'), align: 'right', className: 'num', dataIndex: 'erased' },
              { title: t('privacy.run_held'), align: 'right', className: 'num', dataIndex: 'held' },
              { title: t('privacy.finished'), className: 'num', render: (_, row) => format.dateTime(row.finished_at) },
              { title: '', render: (_, row) => row.certificate_id && <Link to={`/privacy/certificates?open=${row.certificate_id}`}>{t('privacy.certificate')}</Link> },
            ]} />
        )}
    </section>
  );
}
