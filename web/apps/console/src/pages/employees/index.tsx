import { ImportOutlined, PlusOutlined, TeamOutlined } from '@ant-design/icons';
import type { EmployeeView } from '@bole/api';
import { Button } from 'antd';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { useCan, useSession } from '../../app/session';
import { CustomFilters, useCustomForm } from '../../components/CustomFields';
import { DataTable } from '../../components/DataTable';
import { ExportButton } from '../../components/ExportButton';
import { EnumFilter, FilterBar, SearchBox } from '../../components/Filters';
import { ImportDrawer } from '../../components/imports/ImportDrawer';
import { useNames } from '../../components/Names';
import { Page } from '../../components/Page';
import { JobPicker, OrgPicker } from '../../components/Pickers';
import { EmptyState } from '../../components/States';
import { filterable } from '../../lib/custom-fields';
import { useFilters } from '../../lib/filters';
import { useFormat } from '../../lib/format';
import { EmployeeEditor } from './EmployeeEditor';
import { EmployeeStateTag } from './EmployeeStateTag';

export default function EmployeesPage() {
  const { t } = useTranslation();
  const names = useNames();
  const format = useFormat();
  const can = useCan();
  const navigate = useNavigate();
  const [params, setParams] = useSearchParams();
  const { user } = useSession();
  const at = params.get('org_id') ?? user.org_id;
  const custom = filterable(useCustomForm('employee', at).data).map((field) => `custom.${field.key}`);
  const { filters, setFilter, clear, active } = useFilters<string>(['q', 'org_id', 'job_id', 'state', ...custom]);
  const [adding, setAdding] = useState(false);
  const importing = params.get('import') === '1';
  const setImporting = useCallback((open: boolean) => setParams((old) => {
    const next = new URLSearchParams(old);
    if (open) next.set('import', '1');
    else next.delete('import');
    return next;
  }, { replace: true }), [setParams]);

  const add = can('employee.write') && <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>{t('employees.add')}</Button>;
  const importButton = can('employee.import') && <Button icon={<ImportOutlined />} onClick={() => setImporting(true)}>{t('import.button')}</Button>;
  const exportButton = can('employee.export') && <ExportButton personal path="/employees/export" query={filters} />;
  return (
    <Page title={t('employees.title')} hint={t('employees.hint')} actions={<>{exportButton}{importButton}{add}</>}>
      <FilterBar>
        <SearchBox value={filters.q} onChange={(value) => setFilter('q', value)} placeholder={t('employees.search')} />
        <OrgPicker className="filter-tree" value={filters.org_id} onChange={(value) => setFilter('org_id', value)} allowClear />
        <JobPicker className="filter-tree" value={filters.job_id} onChange={(value) => setFilter('job_id', value)} />
        <EnumFilter name="employee_state" value={filters.state} onChange={(value) => setFilter('state', value)} placeholder={t('employees.state')} />
        <CustomFilters entity="employee" orgId={at} filters={filters} setFilter={setFilter} />
      </FilterBar>
      <DataTable<EmployeeView>
        path="/employees"
        query={filters}
        label={t('employees.title')}
        filtered={active}
        onClearFilters={clear}
        onOpen={(row) => void navigate(`/employees/${row.id}`)}
        empty={<EmptyState icon={<TeamOutlined />} title={t('employees.empty')} text={t('employees.empty_text')} action={<div className="row">{importButton}{add}</div>} />}
        card={(row) => (
          <>
            <div className="card-line"><span className="cell-main">{row.name} <span className="quiet num">{row.number}</span></span><EmployeeStateTag state={row.state} /></div>
            <span className="cell-sub">{[names.job(row), names.unit(row)].filter(Boolean).join(' · ')}</span>
          </>
        )}
        columns={[
          {
            title: t('candidates.name'),
            render: (_, row) => (
              <>
                <Link className="cell-main" to={`/employees/${row.id}`}>{row.name}</Link>
                <span className="cell-sub num">{[row.phone_masked, row.email_masked].filter(Boolean).join(' · ') || '–'}</span>
              </>
            ),
          },
          { title: t('employees.number'), width: 116, className: 'num nowrap', dataIndex: 'number' },
          { title: t('employees.job'), render: (_, row) => <>{names.job(row) || '–'}<span className="cell-sub">{names.unit(row)}</span></> },
          { title: t('employees.manager'), render: (_, row) => row.manager_name || '–' },
          { title: t('employees.employment'), width: 110, render: (_, row) => t(`employment.${row.employment}`) },
          { title: t('employees.hired_on'), width: 108, className: 'num nowrap', render: (_, row) => format.date(row.hired_on) },
          { title: t('employees.state'), width: 120, render: (_, row) => <EmployeeStateTag state={row.state} /> },
        ]}
      />
      {adding && <EmployeeEditor onClose={() => setAdding(false)} />}
      {importing && <ImportDrawer target="employees" refreshPath="/employees" onClose={() => setImporting(false)} />}
    </Page>
  );
}
