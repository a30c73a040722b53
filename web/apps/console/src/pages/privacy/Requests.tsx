import { SafetyCertificateOutlined } from '@ant-design/icons';
import type { SubjectRequest } from '@bole/api';
import { Button, Descriptions, Drawer, Input, Timeline } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { api } from '../../api/client';
import { useGet, useSend } from '../../api/hooks';
import { useCan } from '../../app/session';
import { DataTable } from '../../components/DataTable';
import { EnumFilter, FilterBar } from '../../components/Filters';
import { useNames } from '../../components/Names';
import { OrgPicker } from '../../components/Pickers';
import { EmptyState, ErrorState, Loading } from '../../components/States';
import { useFilters } from '../../lib/filters';
import { useFormat } from '../../lib/format';
import { ExtendDialog } from './ExtendDialog';
import { Deadline, Mark, PersonLink, PersonName } from './marks';

export function Requests() {
  const { t } = useTranslation();
  const names = useNames();
  const format = useFormat();
  const { filters, setFilter, clear, active } = useFilters(['kind', 'state', 'org_id']);
  const [params, setParams] = useSearchParams();
  const open = params.get('open');
  const show = (id: string | null) => setParams((old) => {
    const next = new URLSearchParams(old);
    if (id) next.set('open', id);
    else next.delete('open');
    return next;
  }, { replace: true });
  return (
    <>
      <FilterBar>
        <EnumFilter name="request_kind" value={filters.kind} onChange={(value) => setFilter('kind', value)} placeholder={t('privacy.kind')} />
        <EnumFilter name="request_state" value={filters.state} onChange={(value) => setFilter('state', value)} placeholder={t('field.status')} />
        <OrgPicker className="filter-tree" value={filters.org_id} onChange={(value) => setFilter('org_id', value)} allowClear />
      </FilterBar>
      <DataTable<SubjectRequest>
        path="/privacy/requests" query={filters} label={t('privacy.tab_requests')} filtered={active} onClearFilters={clear}
        onOpen={(row) => show(row.id)} selectedId={open ?? undefined}
        empty={<EmptyState icon={<SafetyCertificateOutlined />} title={t('privacy.no_requests')} text={t('privacy.no_requests_text')} />}
        card={(row) => (
          <>
            <div className="card-line"><PersonName name={row.person_name} /><Deadline request={row} /></div>
            <span className="cell-sub">{t(`request_kind.${row.kind}`)} · {t(`request_state.${row.state}`)} · {names.unit(row)}</span>
          </>
        )}
        columns={[
          { title: t('privacy.person'), render: (_, row) => <><PersonName name={row.person_name} /><span className="cell-sub">{names.unit(row)}</span></> },
          { title: t('privacy.kind'), width: 150, render: (_, row) => t(`request_kind.${row.kind}`) },
          { title: t('field.status'), width: 130, render: (_, row) => <Mark state={row.state} text={t(`request_state.${row.state}`)} /> },
          { title: t('privacy.deadline'), width: 150, render: (_, row) => <Deadline request={row} /> },
          { title: t('privacy.through'), width: 130, render: (_, row) => t(`privacy_channel.${row.channel}`) },
          { title: t('privacy.received'), width: 160, className: 'num nowrap', render: (_, row) => format.dateTime(row.received_at) },
        ]}
      />
      <Drawer open={open !== null} onClose={() => show(null)} size={Math.min(560, window.innerWidth)} title={t('privacy.request')} destroyOnHidden>
        {open && <RequestDetail id={open} />}
      </Drawer>
    </>
  );
}

function RequestDetail({ id }: { id: string }) {
  const { t } = useTranslation();
  const can = useCan();
  const format = useFormat();
  const [note, setNote] = useState('');
  const [extending, setExtending] = useState(false);
  const request = useGet<SubjectRequest>(`/privacy/requests/${id}`);
  const move = useSend((state: string) => api.post(`/privacy/requests/${id}/move`, { version: request.data!.version, state, note }), {
    refresh: ['/privacy/requests'], done: t('common.saved'), onDone: () => setNote(''),
  });
  if (request.isPending) return <Loading />;
  if (request.isError) return <ErrorState problem={request.error} onRetry={() => void request.refetch()} />;
  const row = request.data;
  const isOpen = row.state === 'received' || row.state === 'in_progress';
  return (
    <div className="stack">
      <Descriptions column={1} size="small" items={[
        { key: 'p', label: t('privacy.person'), children: <PersonLink row={row} /> },
        { key: 'k', label: t('privacy.kind'), children: t(`request_kind.${row.kind}`) },
        { key: 'l', label: t('privacy.law'), children: t(`privacy_law.${row.law}`) },
        { key: 's', label: t('field.status'), children: <Mark state={row.state} text={t(`request_state.${row.state}`)} /> },
        { key: 'd', label: t('privacy.deadline'), children: <span className="row">{format.date(row.due_at)} <Deadline request={row} /></span> },
        ...(row.first_due_at ? [{ key: 'x', label: t('privacy.extended'), children: <>{t('privacy.extended_from', { date: format.date(row.first_due_at) })}<div className="pre">{row.extension}</div></> }] : []),
        { key: 'c', label: t('privacy.content'), children: <span className="pre">{row.content || '–'}</span> },
        ...(row.reason ? [{ key: 'r', label: t('privacy.reason'), children: <span className="pre">{row.reason}</span> }] : []),
      ]} />
      <Timeline items={row.steps.map((step, index) => ({
        key: index,
        content: <><span>{t(`request_state.${step.state}`)} · {step.by_kind === 'candidate' ? t('privacy_channel.candidate') : step.by_name}</span>
          {step.note && <div className="pre">{step.note}</div>}
          <time className="quiet num" dateTime={step.at}>{format.dateTime(step.at)}</time></>,
      }))} />
      {isOpen && can('privacy.manage') && (
        <>
          {row.kind === 'objection' && <p className="quiet">{t('privacy.objection_hint')}</p>}
          {row.kind === 'portability' && <p className="quiet">{t('privacy.portability_hint')}</p>}
          {row.kind === 'deletion' && <p className="quiet">{t('privacy.deletion_hint')}</p>}
          <Input.TextArea rows={3} maxLength={2000} value={note} onChange={(event) => setNote(event.target.value)} placeholder={t('privacy.note_hint')} aria-label={t('privacy.note')} />
          <div className="row">
            <Button type="primary" loading={move.isPending} onClick={() => move.mutate(row.state === 'received' ? 'in_progress' : 'done')}>
              {row.state === 'received' ? t('privacy.take_up') : t('privacy.answer')}
            </Button>
            <Button danger disabled={!note.trim()} onClick={() => move.mutate('refused')}>{t('privacy.refuse')}</Button>
            {row.may_extend_days > 0 && <Button type="text" onClick={() => setExtending(true)}>{t('privacy.extend')}</Button>}
          </div>
          {extending && <ExtendDialog request={row} onClose={() => setExtending(false)} />}
        </>
      )}
    </div>
  );
}
