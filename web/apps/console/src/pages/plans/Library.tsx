import { BankOutlined, EyeOutlined, PlayCircleOutlined } from '@ant-design/icons';
import type { PlanView } from '@bole/api';
import { Button, Drawer } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCan } from '../../app/session';
import { DataTable } from '../../components/DataTable';
import { FamilySelect } from '../../components/FamilySelect';
import { FilterBar, SearchBox } from '../../components/Filters';
import { useNames } from '../../components/Names';
import { EmptyState } from '../../components/States';
import { useFamilies } from '../../lib/families';
import { useFilters } from '../../lib/filters';
import { usePair } from '../../lib/pair';
import { Preview } from '../plan-editor/Preview';
import { rehearsal } from '../plan-editor/rehearsal';
import '../plan-editor/plan-editor.css';
import type { Creation } from './PlanCreator';

/** Published standards of the units above and the own ones: look, rehearse, derive, copy. */
export function Library({ onCreate }: { onCreate: (creation: Creation) => void }) {
  const { t } = useTranslation();
  const names = useNames();
  const can = useCan();
  const pair = usePair();
  const families = useFamilies();
  const { filters, setFilter, clear, active } = useFilters(['q', 'family']);
  const [shown, setShown] = useState<PlanView | null>(null);
  const facts = (plan: PlanView) => t('plans.library_facts', {
    stages: plan.document.stages.length, locked: plan.document.stages.filter((stage) => stage.locked).length,
    core: plan.document.dimensions.filter((item) => item.core).length,
  });
  const buttons = (row: PlanView) => (
    <span className="row" style={{ justifyContent: 'flex-end' }}>
      <Button size="small" type="text" icon={<EyeOutlined />} onClick={() => setShown(row)}>{t('plans.look')}</Button>
      {can('plan.write') && <Button size="small" onClick={() => onCreate({ kind: 'copy', source: row })}>{t('plans.copy')}</Button>}
      {can('plan.write') && <Button size="small" type="primary" onClick={() => onCreate({ kind: 'derive', source: row })}>{t('plans.derive')}</Button>}
    </span>
  );
  return (
    <>
      <FilterBar>
        <SearchBox value={filters.q} onChange={(value) => setFilter('q', value)} placeholder={t('plans.search')} />
        <FamilySelect filter value={filters.family} onChange={(value) => setFilter('family', value)} />
      </FilterBar>
      <DataTable<PlanView>
        path="/plans"
        query={{ ...filters, standard: true, status: 'published' }}
        label={t('plans.library')}
        filtered={active}
        onClearFilters={clear}
        empty={<EmptyState icon={<BankOutlined />} title={t('plans.library_empty')} text={t('plans.library_empty_text')} />}
        card={(row) => (
          <>
            <div className="card-line"><span className="cell-main">{pair(row, 'name')}</span><span className="quiet num">{t('plans.revision', { revision: row.published_revision ?? 1 })}</span></div>
            <span className="cell-sub">{[row.family && families.name(row.family), names.unit(row)].filter(Boolean).join(' · ')} · {facts(row)}</span>
            <div style={{ marginTop: 8 }}>{buttons(row)}</div>
          </>
        )}
        columns={[
          { title: t('plans.name'), render: (_, row) => <><span className="cell-main">{pair(row, 'name')}</span><span className="cell-sub">{facts(row)}</span></> },
          { title: t('jobs.family'), width: 140, render: (_, row) => families.name(row.family) || '–' },
          { title: t('field.org'), width: 160, render: (_, row) => names.unit(row) },
          { title: t('plans.revision_column'), width: 80, align: 'right', className: 'num', render: (_, row) => row.published_revision },
          { key: 'more', width: 290, align: 'right', render: (_, row) => buttons(row) },
        ]}
      />
      <Drawer open={shown !== null} onClose={() => setShown(null)} title={pair(shown, 'name')} size={Math.min(460, window.innerWidth)} destroyOnHidden
        extra={shown && <Button icon={<PlayCircleOutlined />} href={rehearsal(shown.id)} target="_blank">{t('plans.rehearse')}</Button>}>
        {shown && <Preview plan={shown} dirty={false} saving={false} published />}
      </Drawer>
    </>
  );
}
