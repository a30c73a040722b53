import { IdcardOutlined, ImportOutlined, PlusOutlined } from '@ant-design/icons';
import type { JobView } from '@bole/api';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { useCan, useSession } from '../../app/session';
import { CustomFilters, useCustomForm } from '../../components/CustomFields';
import { DataTable } from '../../components/DataTable';
import { ExportButton } from '../../components/ExportButton';
import { FamilySelect } from '../../components/FamilySelect';
import { FilterBar, SearchBox } from '../../components/Filters';
import { ImportDrawer } from '../../components/imports/ImportDrawer';
import { useNames } from '../../components/Names';
import { OrgPicker } from '../../components/Pickers';
import { EmptyState } from '../../components/States';
import { filterable } from '../../lib/custom-fields';
import { useFamilies } from '../../lib/families';
import { useFilters } from '../../lib/filters';
import { useName, usePair } from '../../lib/pair';
import { Actions, type PartProps } from './Actions';
import { JobEditor } from './JobEditor';

/** Jobs of the visible nodes and of those above, which they may use. */
export function JobList({ actions }: PartProps) {
  const { t } = useTranslation();
  const names = useNames();
  const can = useCan();
  const name = useName();
  const pair = usePair();
  const families = useFamilies();
  const { user } = useSession();
  const [params] = useSearchParams();
  const at = params.get('org_id') ?? user.org_id;
  const custom = filterable(useCustomForm('job', at).data).map((field) => `custom.${field.key}`);
  const { filters, setFilter, clear, active } = useFilters<string>(['q', 'family', 'org_id', ...custom]);
  const [open, setOpen] = useState<JobView | 'new' | null>(null);
  const [importing, setImporting] = useState(false);
  const importButton = can('job.write') && <Button icon={<ImportOutlined />} onClick={() => setImporting(true)}>{t('import.button')}</Button>;
  const add = can('job.write') && <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpen('new')}>{t('jobs.add')}</Button>;
  return (
    <>
      <Actions at={actions}><ExportButton path="/jobs/export" query={filters} />{importButton}{add}</Actions>
      <FilterBar>
        <SearchBox value={filters.q} onChange={(value) => setFilter('q', value)} placeholder={t('jobs.search')} />
        <FamilySelect filter value={filters.family} onChange={(value) => setFilter('family', value)} />
        <OrgPicker className="filter-tree" value={filters.org_id} onChange={(value) => setFilter('org_id', value)} allowClear />
        <CustomFilters entity="job" orgId={at} filters={filters} setFilter={setFilter} />
      </FilterBar>
      <DataTable<JobView>
        path="/jobs"
        query={filters}
        label={t('jobs.title')}
        filtered={active}
        onClearFilters={clear}
        onOpen={setOpen}
        selectedId={typeof open === 'object' ? open?.id : undefined}
        empty={<EmptyState icon={<IdcardOutlined />} title={t('jobs.empty')} text={t('jobs.empty_text')} action={<div className="row">{importButton}{add}</div>} />}
        card={(row) => (
          <>
            <div className="card-line"><span className="cell-main">{name(row)}</span><span className="quiet">{families.name(row.family)}</span></div>
            <span className="cell-sub">{names.unit(row)} · {row.code}</span>
          </>
        )}
        columns={[
          { title: t('jobs.name'), render: (_, row) => <><span className="cell-main">{name(row)}</span><span className="cell-sub">{row.code}</span></> },
          { title: t('jobs.family'), width: 120, render: (_, row) => families.name(row.family) },
          { title: t('jobs.grade'), width: 64, dataIndex: 'grade' },
          { title: t('field.org'), width: 170, render: (_, row) => names.unit(row) },
          { title: t('jobs.competencies'), width: 330, render: (_, row) => <span className="quiet">{row.competencies.map((item) => pair(item, 'name')).join(t('common.list_comma')) || '–'}</span> },
          { title: t('field.status'), width: 80, render: (_, row) => <span className={row.status === 'active' ? '' : 'quiet'}>{t(`item_status.${row.status}`)}</span> },
        ]}
      />
      {importing && <ImportDrawer target="jobs" refreshPath="/jobs" onClose={() => setImporting(false)} />}
      {open && <JobEditor job={open === 'new' ? undefined : open} onClose={() => setOpen(null)} />}
    </>
  );
}
