import { SafetyCertificateOutlined } from '@ant-design/icons';
import type { AuditRecord, AuditStatus, Items, OrgNodeView } from '@bole/api';
import { DatePicker, Select, Tabs } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { useGet } from '../../api/hooks';
import { useCan } from '../../app/session';
import { DataTable } from '../../components/DataTable';
import { DownloadButton } from '../../components/DownloadButton';
import { FilterBar, SearchBox, useEnumOptions } from '../../components/Filters';
import { Page } from '../../components/Page';
import { OrgPicker } from '../../components/Pickers';
import { EmptyState, ForbiddenState } from '../../components/States';
import { useFilters } from '../../lib/filters';
import { useFormat } from '../../lib/format';
import { useName } from '../../lib/pair';
import { OutcomeChip, SealedChip } from './Chips';
import { Heads } from './Heads';
import { RecordDrawer } from './RecordDrawer';
import { Status } from './Status';
import { useAuditWords } from './words';
import './audit.css';

const kFilters = ['actor', 'action', 'subject_kind', 'subject_id', 'org_id', 'succeeded', 'from', 'to'] as const;
type Filter = (typeof kFilters)[number];

export default function AuditPage() {
  const { t } = useTranslation();
  const can = useCan();
  const [params, setParams] = useSearchParams();
  const status = useGet<AuditStatus>(can('audit.read') ? '/audit' : null);
  const { filters, setFilter, clear, active } = useFilters(kFilters);
  const tab = params.get('tab') ?? 'records';
  if (!can('audit.read')) return <Page title={t('audit.title')}><div className="panel"><ForbiddenState /></div></Page>;
  // Days of this browser's zone; the last day is included.
  const query = {
    ...filters,
    from: filters.from && dayjs(filters.from).startOf('day').toISOString(),
    to: filters.to && dayjs(filters.to).add(1, 'day').startOf('day').toISOString(),
  };
  const open = (next: Partial<Record<Filter | 'tab', string>>) => setParams(new URLSearchParams(next as Record<string, string>));
  return (
    <Page title={t('audit.title')} hint={t('audit.hint')} wide
      actions={<DownloadButton personal path="/audit/export.jsonl" query={query}>{t('audit.export')}</DownloadButton>}>
      <Status />
      <Tabs activeKey={tab} onChange={(key) => open(key === 'records' ? {} : { tab: key })} items={[
        {
          key: 'records', label: t('audit.tab_records'),
          children: <Records query={query} filters={filters} setFilter={setFilter} clear={clear} active={active} onFilter={open} />,
        },
        { key: 'heads', label: t('audit.tab_heads'), children: tab === 'heads' && <Heads suite={status.data?.suite ?? ''} /> },
      ]} />
    </Page>
  );
}

function Records({ query, filters, setFilter, clear, active, onFilter }: {
  query: Record<string, string | undefined>;
  filters: Partial<Record<Filter, string>>;
  setFilter: (name: Filter, value: string | null | undefined) => void;
  clear: () => void;
  active: boolean;
  onFilter: (filters: Record<string, string>) => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const name = useName();
  const words = useAuditWords();
  const actions = useEnumOptions('audit_action');
  const subjects = useEnumOptions('audit_subject');
  const nodes = useGet<Items<OrgNodeView>>('/org/nodes', undefined, { staleTime: 60_000 });
  const orgName = (id: string) => {
    const node = nodes.data?.items.find((item) => item.id === id);
    return node ? name(node) : id;
  };
  const [open, setOpen] = useState<string | null>(null);
  const day = (key: 'from' | 'to') => (
    <DatePicker className="filter-select" value={filters[key] ? dayjs(filters[key]) : null} placeholder={t(`audit.${key}`)}
      aria-label={t(`audit.${key}`)} onChange={(value) => setFilter(key, value?.format('YYYY-MM-DD'))} />
  );
  return (
    <div className="audit-records">
      <FilterBar>
        <SearchBox value={filters.actor} onChange={(value) => setFilter('actor', value)} placeholder={t('audit.search_actor')} />
        <Select className="filter-select audit-action" allowClear showSearch={{ optionFilterProp: 'label' }} options={actions} value={filters.action}
          onChange={(value) => setFilter('action', value)} placeholder={t('audit.filter_action')} aria-label={t('audit.filter_action')} popupMatchSelectWidth={260} />
        <Select className="filter-select" allowClear options={subjects} value={filters.subject_kind}
          onChange={(value) => setFilter('subject_kind', value)} placeholder={t('audit.filter_subject')} aria-label={t('audit.filter_subject')} popupMatchSelectWidth={200} />
        <SearchBox value={filters.subject_id} onChange={(value) => setFilter('subject_id', value)} placeholder={t('audit.search_subject')} />
        <OrgPicker className="filter-tree" value={filters.org_id} onChange={(value) => setFilter('org_id', value)} allowClear />
        <Select className="filter-select" allowClear value={filters.succeeded} onChange={(value) => setFilter('succeeded', value)}
          options={[{ value: 'true', label: t('audit.succeeded') }, { value: 'false', label: t('audit.failed') }]}
          placeholder={t('audit.filter_result')} aria-label={t('audit.filter_result')} />
        {day('from')}
        {day('to')}
      </FilterBar>
      <DataTable<AuditRecord>
        path="/audit/records"
        query={query}
        label={t('audit.title')}
        filtered={active}
        onClearFilters={clear}
        onOpen={(row) => setOpen(row.id)}
        selectedId={open ?? undefined}
        empty={<EmptyState icon={<SafetyCertificateOutlined />} title={t('audit.empty')} text={t('audit.empty_text')} />}
        card={(row) => (
          <>
            <div className="card-line"><span className="cell-main">{words.action(row.action)}</span>{row.succeeded ? <span className="quiet num">{format.dateTime(row.at)}</span> : <OutcomeChip succeeded={false} />}</div>
            <span className="cell-sub">{[words.actor(row.actor_name, row.actor_kind), words.subject(row.subject_kind), row.org_id && orgName(row.org_id)].filter(Boolean).join(' · ')}</span>
            {words.purpose(row.details) && <span className="cell-sub">{t('audit.purpose')}: {words.purpose(row.details)}</span>}
          </>
        )}
        columns={[
          { title: t('audit.at'), width: 150, className: 'num nowrap', render: (_, row) => format.dateTime(row.at) },
          { title: t('audit.actor'), width: 130, render: (_, row) => <><span className="cell-main">{words.actor(row.actor_name, row.actor_kind)}</span><span className="cell-sub">{words.actorKind(row.actor_kind)}</span></> },
          { title: t('audit.action'), render: (_, row) => <>{words.action(row.action)}{!row.succeeded && <> <OutcomeChip succeeded={false} /></>}{words.purpose(row.details) && <span className="cell-sub">{t('audit.purpose')}: {words.purpose(row.details)}</span>}</> },
          { title: t('audit.subject'), render: (_, row) => <>{words.subject(row.subject_kind)}<span className="cell-sub mono">{row.subject_id}</span></> },
          { title: t('audit.org'), width: 140, render: (_, row) => (row.org_id ? orgName(row.org_id) : <span className="quiet">{t('audit.whole_group')}</span>) },
          { title: t('audit.place'), width: 110, align: 'right', render: (_, row) => <SealedChip short index={row.leaf_index} /> },
        ]}
      />
      {open && (
        <RecordDrawer key={open} id={open} orgName={orgName} onClose={() => setOpen(null)}
          onFilter={(next) => { setOpen(null); onFilter(next); }} />
      )}
    </div>
  );
}
