import { PlusOutlined, ProfileOutlined } from '@ant-design/icons';
import type { PlanView } from '@bole/api';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { useCan } from '../../app/session';
import { DataTable } from '../../components/DataTable';
import { EnumFilter, FilterBar, SearchBox } from '../../components/Filters';
import { Page } from '../../components/Page';
import { JobPicker, OrgPicker } from '../../components/Pickers';
import { EmptyState } from '../../components/States';
import { useFilters } from '../../lib/filters';
import { useFormat } from '../../lib/format';
import { usePair } from '../../lib/pair';
import { PlanCreator } from './PlanCreator';
import { PlanStatus } from './PlanStatus';

export default function PlansPage() {
  const { t } = useTranslation();
  const can = useCan();
  const pair = usePair();
  const format = useFormat();
  const navigate = useNavigate();
  const { filters, setFilter, clear, active } = useFilters(['q', 'status', 'org_id', 'job_id']);
  const [creating, setCreating] = useState<'new' | PlanView | null>(null);
  const minutes = (plan: PlanView) =>
    Math.ceil(plan.document.stages.reduce((sum, stage) => sum + stage.preparation_seconds + stage.time_limit_seconds, 0) / 60);
  const add = can('plan.write') && <Button type="primary" icon={<PlusOutlined />} onClick={() => setCreating('new')}>{t('plans.add')}</Button>;
  return (
    <Page title={t('plans.title')} hint={t('plans.hint')} actions={add}>
      <FilterBar>
        <SearchBox value={filters.q} onChange={(value) => setFilter('q', value)} placeholder={t('plans.search')} />
        <EnumFilter name="plan_status" value={filters.status} onChange={(value) => setFilter('status', value)} placeholder={t('field.status')} />
        <OrgPicker className="filter-tree" value={filters.org_id} onChange={(value) => setFilter('org_id', value)} allowClear />
        <JobPicker className="filter-tree" value={filters.job_id} onChange={(value) => setFilter('job_id', value)} />
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
            <span className="cell-sub">{[row.job_name, row.org_name].filter(Boolean).join(' · ')} · {t('plans.stages_minutes', { stages: row.document.stages.length, minutes: minutes(row) })}</span>
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
          { title: t('field.job'), render: (_, row) => <>{row.job_name || '–'}<span className="cell-sub">{row.org_name}</span></> },
          { title: t('field.status'), width: 200, render: (_, row) => <PlanStatus plan={row} /> },
          { title: t('plans.revision_column'), width: 80, align: 'right', className: 'num', dataIndex: 'revision' },
          { title: t('plans.updated_at'), width: 150, className: 'nowrap', render: (_, row) => format.ago(row.updated_at) },
          {
            key: 'more', width: 170, align: 'right',
            render: (_, row) => (
              <span className="row" style={{ justifyContent: 'flex-end', flexWrap: 'nowrap' }}>
                {can('interview.invite') && row.published_revision ? <Link to={`/interviews?invite=1&plan=${row.id}`}>{t('candidates.invite')}</Link> : null}
                {can('plan.write') && <Button type="link" size="small" onClick={() => setCreating(row)}>{t('plans.copy')}</Button>}
              </span>
            ),
          },
        ]}
      />
      {creating && <PlanCreator source={creating === 'new' ? undefined : creating} onClose={() => setCreating(null)} />}
    </Page>
  );
}
