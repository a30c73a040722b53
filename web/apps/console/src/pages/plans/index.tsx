import { PlusOutlined, ProfileOutlined, SafetyOutlined } from '@ant-design/icons';
import type { PlanView } from '@bole/api';
import { Button, Segmented, Tag } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { useCan } from '../../app/session';
import { DataTable } from '../../components/DataTable';
import { EnumFilter, FilterBar, SearchBox } from '../../components/Filters';
import { useNames } from '../../components/Names';
import { Page } from '../../components/Page';
import { JobPicker, OrgPicker } from '../../components/Pickers';
import { EmptyState } from '../../components/States';
import { TableButtons } from '../../components/imports/TableButtons';
import { useFilters } from '../../lib/filters';
import { useFormat } from '../../lib/format';
import { usePair } from '../../lib/pair';
import { Library } from './Library';
import { PlanBadges } from './PlanBadges';
import { PlanCreator, type Creation } from './PlanCreator';
import { PlanStatus } from './PlanStatus';
import { Policies } from './Policies';
import { RebaseTasks } from './RebaseTasks';
import './plans.css';

const kFilters = ['q', 'status', 'org_id', 'job_id', 'behind', 'submitted'];

export default function PlansPage() {
  const { t } = useTranslation();
  const can = useCan();
  const [params, setParams] = useSearchParams();
  const [creating, setCreating] = useState<Creation | null>(null);
  const [policies, setPolicies] = useState(false);
  const library = params.get('view') === 'library';
  const { filters } = useFilters(kFilters);
  const add = can('plan.write') && <Button type="primary" icon={<PlusOutlined />} onClick={() => setCreating({ kind: 'new' })}>{t('plans.add')}</Button>;
  return (
    <Page title={t('plans.title')} hint={library ? t('plans.library_hint') : t('plans.hint')} actions={(
      <>
        {can('plan.approve') && <Button icon={<SafetyOutlined />} onClick={() => setPolicies(true)}>{t('plans.policies')}</Button>}
        {!library && <TableButtons target="plans" path="/plans" permission="plan.write" query={filters} />}
        {add}
      </>
    )}>
      <Segmented className="view-switch" aria-label={t('plans.view')} value={library ? 'library' : 'plans'} onChange={(view) => setParams(view === 'library' ? { view } : {})}
        options={[{ value: 'plans', label: t('plans.title') }, { value: 'library', label: t('plans.library') }]} />
      {library ? <Library onCreate={setCreating} /> : <><RebaseTasks /><PlanList add={add} onCreate={setCreating} /></>}
      {creating && <PlanCreator creation={creating} onClose={() => setCreating(null)} />}
      {policies && <Policies onClose={() => setPolicies(false)} />}
    </Page>
  );
}

function PlanList({ add, onCreate }: { add: ReactNode; onCreate: (creation: Creation) => void }) {
  const { t } = useTranslation();
  const names = useNames();
  const can = useCan();
  const pair = usePair();
  const format = useFormat();
  const navigate = useNavigate();
  const { filters, setFilter, clear, active } = useFilters(kFilters);
  const minutes = (plan: PlanView) =>
    Math.ceil(plan.document.stages.reduce((sum, stage) => sum + stage.preparation_seconds + stage.time_limit_seconds, 0) / 60);
  const toggle = (name: 'behind' | 'submitted', label: string) => (
    <Tag.CheckableTag className="filter-tag" checked={filters[name] === 'true'} onChange={(on) => setFilter(name, on ? 'true' : undefined)}>{label}</Tag.CheckableTag>
  );
  return (
    <>
      <FilterBar>
        <SearchBox value={filters.q} onChange={(value) => setFilter('q', value)} placeholder={t('plans.search')} />
        <EnumFilter name="plan_status" value={filters.status} onChange={(value) => setFilter('status', value)} placeholder={t('field.status')} />
        <OrgPicker className="filter-tree" value={filters.org_id} onChange={(value) => setFilter('org_id', value)} allowClear />
        <JobPicker className="filter-tree" value={filters.job_id} onChange={(value) => setFilter('job_id', value)} />
        {toggle('behind', t('plans.behind'))}
        {toggle('submitted', t('plans.in_approval'))}
      </FilterBar>
      <DataTable<PlanView>
        path="/plans"
        query={filters}
        label={t('plans.title')}
        filtered={active}
        onClearFilters={clear}
        onOpen={(row) => void navigate(`/plans/${row.id}`)}
        empty={<EmptyState icon={<ProfileOutlined />} title={t('plans.empty')} text={t('plans.empty_text')} action={add} />}
        card={(row) => (
          <>
            <div className="card-line"><span className="cell-main">{pair(row, 'name')}</span><PlanStatus plan={row} /></div>
            <div className="badges"><PlanBadges plan={row} /></div>
            <span className="cell-sub">{[names.job(row), names.unit(row)].filter(Boolean).join(' · ')} · {t('plans.stages_minutes', { stages: row.document.stages.length, minutes: minutes(row) })}</span>
          </>
        )}
        columns={[
          {
            title: t('plans.name'),
            render: (_, row) => (
              <>
                <Link className="cell-main" to={`/plans/${row.id}`}>{pair(row, 'name')}</Link>
                <span className="cell-sub">{t('plans.stages_minutes', { stages: row.document.stages.length, minutes: minutes(row) })}</span>
              </>
            ),
          },
          { title: t('field.job'), render: (_, row) => <>{names.job(row) || '–'}<span className="cell-sub">{names.unit(row)}</span></> },
          { title: t('field.status'), width: 200, render: (_, row) => <span className="badges"><PlanStatus plan={row} /><PlanBadges plan={row} linked /></span> },
          { title: t('plans.revision_column'), width: 80, align: 'right', className: 'num', dataIndex: 'revision' },
          { title: t('plans.updated_at'), width: 110, className: 'nowrap', render: (_, row) => format.ago(row.updated_at) },
          {
            key: 'more', width: 148, align: 'right', className: 'nowrap',
            render: (_, row) => (
              <span className="row" style={{ justifyContent: 'flex-end', flexWrap: 'nowrap' }}>
                {can('interview.invite') && row.published_revision ? <Link to={`/interviews?invite=1&plan=${row.id}`}>{t('candidates.invite')}</Link> : null}
                {can('plan.write') && <Button type="link" size="small" onClick={() => onCreate({ kind: 'copy', source: row })}>{t('plans.copy')}</Button>}
              </span>
            ),
          },
        ]}
      />
    </>
  );
}
